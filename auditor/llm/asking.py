"""asking: one document put to a model; the one place that knows what is asked about a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor import extraction, prompt
from auditor.errors import ModelFailed
from auditor.llm.failures import ANOTHER

if TYPE_CHECKING:
    from auditor.document import Document
    from auditor.llm.model import Answer, Model


async def ask(document: Document, model: Model) -> Answer:
    """A model's answer to the prompt about a document; ModelFailed where there is none that fits."""
    answer = await model.converse(
        prompt.messages(document), response_model=extraction.answer_model(), schema=extraction.schema()
    )
    if answer.fault is not None:
        message = f"{model.name} at {model.origin} {answer.fault}"
        raise ModelFailed(message, hint=ANOTHER)
    return answer
