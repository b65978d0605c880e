"""How much this machine can do at once: recordings in flight, the recogniser's workers, and threads for each.

On two busy cores two workers with one thread each were as fast as one with two (`docs/figures.md`); they keep one pair's
thin parts from idling both cores, for the memory of one more pair of windows: 0.4 GB with a model of `small`'s shape.
That more threads for a worker pay from `MANY_CORES` on, because the weights are then read once for all of them, has not
been measured.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from pipeline.settings import Settings

PER_WORKER = 0.5  # GB that a recogniser's worker may need besides the weights
FOR_THE_REST = 2.0  # GB: weights, language model, and the recordings in flight
MANY_CORES = 8  # from here on each worker gets two threads


@dataclass(frozen=True)
class Capacity:
    """What is worked on at once."""

    jobs: int  # recordings
    workers: int  # pairs of windows, of all recordings together
    threads: int  # cores for each pair


ALONE = Capacity(jobs=1, workers=1, threads=0)


def chosen(settings: Settings, inputs: int, *, cores: int | None = None, memory: float | None = None) -> Capacity:
    """What fits this machine and so many inputs, as far as the settings do not say it; `memory` is in GB."""
    cores = cores or cores_here()
    memory = memory_here() if memory is None else memory
    threads = settings.threads or (2 if cores >= MANY_CORES else 1)
    fitting = max(1, int((memory - FOR_THE_REST) / PER_WORKER))
    workers = settings.workers or max(1, min(cores // threads, fitting))
    # Two in flight: while one is decoded or its text is worked on, the other keeps the recogniser busy.
    jobs = settings.jobs or max(2, workers // 4)
    return Capacity(jobs=min(jobs, max(1, inputs)), workers=workers, threads=threads)


def cores_here() -> int:
    """Cores that this process may use: its affinity, and the limit of its container."""
    cores = len(os.sched_getaffinity(0))
    try:
        quota, period = Path("/sys/fs/cgroup/cpu.max").read_text(encoding="ascii").split()
        return max(1, min(cores, int(quota) // int(period)))
    except (OSError, ValueError):  # no container, or no limit ("max")
        return cores


def memory_here() -> float:
    """GB of memory that can still be taken: the machine's, and within the limit of the container."""
    available = _machine_memory()
    try:
        limit = int(Path("/sys/fs/cgroup/memory.max").read_text(encoding="ascii"))
        used = int(Path("/sys/fs/cgroup/memory.current").read_text(encoding="ascii"))
        return min(available, (limit - used) / 1e9)
    except (OSError, ValueError):
        return available


def _machine_memory() -> float:
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
        found = next(line for line in lines if line.startswith("MemAvailable:"))
        return int(found.split()[1]) * 1024 / 1e9
    except (OSError, StopIteration, ValueError, IndexError):
        return 8.0  # not Linux: a common size
