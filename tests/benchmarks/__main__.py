"""`python -m tests.benchmarks`: the figures that the README names, as ratios within one run."""

from __future__ import annotations

import sys

from tests.benchmarks import asking, growth, hook, rendering, rows, startup, throughput

for benchmark in (startup, throughput, growth, hook, rows, rendering, asking):
    sys.stdout.write("\n".join([*benchmark.measure(), ""]))
    sys.stdout.flush()
