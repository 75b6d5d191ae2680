"""The digest's process, as APScheduler's executor: one that can fail to start, die, or hang.

APScheduler's own pool says nothing when a job cannot be submitted to it, and waits for ever for a process
that has been stopped. Here the pool's owner is notified of both, and can replace the process.
"""

import logging
import multiprocessing
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from typing import Any

from apscheduler.executors.base import MaxInstancesReachedError, run_job
from apscheduler.executors.pool import BasePoolExecutor, ThreadPoolExecutor
from apscheduler.job import Job

from app.jobs import digest_tasks

log = logging.getLogger(__name__)

STOP_SECONDS = 1.5

NotStarted = Callable[[str, Exception], None]


class EngineThreads(ThreadPoolExecutor):  # type: ignore[misc] # APScheduler has no types
    """Threads of the engine. `not_started` is called with a job that could not be submitted, and why."""

    def __init__(self, threads: int, not_started: NotStarted) -> None:
        super().__init__(threads)
        self._not_started = not_started

    def submit_job(self, job: Job, run_times: list[Any]) -> None:
        """What the scheduler calls for a job that is due."""
        try:
            super().submit_job(job, run_times)
        except MaxInstancesReachedError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever is missing, its owner is called
            log.warning("The job %s could not be started: %s", job.id, error)
            self._not_started(job.id, error)


class DigestPool(BasePoolExecutor):  # type: ignore[misc]
    """One process, started with `start_arguments` when a job needs it.

    `died` is called with the id of each job that its process left unfinished, and `not_started` with that of
    a job that could not be submitted to it, and why. Both on any thread.
    """

    _pool: ProcessPoolExecutor | None

    def __init__(
        self, start_arguments: tuple[Any, ...], died: Callable[[str], None], not_started: NotStarted
    ) -> None:
        super().__init__(None)
        self._start_arguments = start_arguments
        self._died = died
        self._not_started = not_started
        self._guard = threading.Lock()
        self._unfinished: dict[Future[Any], str] = {}
        self._ending: list[BaseProcess] = []

    @property
    def pid(self) -> int | None:
        """The process id; None while there is no process."""
        return next((process.pid for process in self._processes()), None)

    @property
    def unfinished(self) -> tuple[str, ...]:
        """The jobs that were submitted and have not ended; the first is the one that runs."""
        with self._guard:
            return tuple(self._unfinished.values())

    def submit_job(self, job: Job, run_times: list[Any]) -> None:
        """What the scheduler calls for a job that is due."""
        try:
            super().submit_job(job, run_times)
        except MaxInstancesReachedError:
            raise
        except Exception as error:  # noqa: BLE001 - descriptors, memory, threads: whatever is missing
            log.warning("The digest's process could not be given the job %s: %s", job.id, error)
            if not self.unfinished:
                # A pool that failed half-way does not recover by itself.
                self._drop()
            self._not_started(job.id, error)

    def replace(self) -> None:
        """Kill the process, whatever it is doing; the next job starts another one."""
        with self._guard:
            lost, self._unfinished = list(self._unfinished.values()), {}
        self._drop()
        for job_id in lost:
            self._lose(job_id, BrokenProcessPool("its process was killed, as it did nothing any more"))

    def shutdown(self, wait: bool = True) -> None:
        """End the process; with `wait` it gets some seconds for that before it is killed."""
        # The scheduler shuts executors down first, without waiting; a pool then forgets its processes.
        self._ending += self._processes()
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
        if wait:
            _end(self._ending)

    def _do_submit_job(self, job: Job, run_times: list[Any]) -> None:
        try:
            future = self._submit(job, run_times)
        except BrokenProcessPool:
            self._drop()
            future = self._submit(job, run_times)
        with self._guard:
            self._unfinished[future] = job.id
        future.add_done_callback(self._ended)

    def _submit(self, job: Job, run_times: list[Any]) -> Future[Any]:
        if self._pool is None:
            spawn = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(1, spawn, digest_tasks.start, self._start_arguments)
        return self._pool.submit(run_job, job, job._jobstore_alias, run_times, self._logger.name)

    def _drop(self) -> None:
        processes = self._processes()
        pool, self._pool = self._pool, None
        for process in processes:
            process.kill()
        if pool is not None:
            pool.shutdown(wait=False, cancel_futures=True)

    def _ended(self, future: Future[Any]) -> None:
        with self._guard:
            job_id = self._unfinished.pop(future, None)
        if job_id is None or future.cancelled():
            return
        error = future.exception()
        if error is None:
            self._run_job_success(job_id, future.result())
        else:
            self._lose(job_id, error)

    def _lose(self, job_id: str, error: BaseException) -> None:
        self._run_job_error(job_id, error)
        self._died(job_id)

    def _processes(self) -> list[BaseProcess]:
        # Only from 3.14 on the pool itself can kill what it runs.
        return list((getattr(self._pool, "_processes", None) or {}).values())


def _end(processes: list[BaseProcess]) -> None:
    for process in processes:
        if not wait([process.sentinel], STOP_SECONDS):
            log.warning("The digest's process does not end, and is killed")
            process.kill()
            wait([process.sentinel], STOP_SECONDS)
