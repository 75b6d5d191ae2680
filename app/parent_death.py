"""A child process that never outlives its parent, whatever the child does when the parent is killed.

A thread that waits for the parent cannot run while other code holds the interpreter: a digest in a
catastrophic regular expression was found an hour after its engine, at two thirds of a core. On Linux the
kernel does it: the pipe whose other end only the parent has is told to send SIGKILL when that end closes
(`F_SETSIG`, fcntl(2)). `PR_SET_PDEATHSIG` would not do: it fires when the *thread* ends that started the
child, which in a pool may be before the process ends, and it reaches nothing that the child has started.
On Windows the engine's job object does it (`platforms/windows_job.py`). On macOS the thread is all there is:
there, a process whose interpreter is held ends when it is let go.
"""

import multiprocessing
import os
import signal
import sys
import threading
from multiprocessing.connection import wait

if sys.platform != "win32":
    import fcntl

# From <fcntl.h> of Linux; Python 3.11 does not name it on every build.
_F_SETSIG = 10


def end_with_parent(*, group: bool = False) -> None:
    """End this process, which `multiprocessing` started, when its parent ends, however that ends.

    With `group`, for the leader of a process group, all of its group ends so: what it has started.
    """
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    if sys.platform == "linux":
        _have_the_kernel_do_it(parent.sentinel, group=group)
    arguments = (parent.sentinel, group)
    threading.Thread(target=_wait_for_it, args=arguments, name="end-with-parent", daemon=True).start()


def _have_the_kernel_do_it(sentinel: int, *, group: bool) -> None:
    if sys.platform == "linux":
        fcntl.fcntl(sentinel, fcntl.F_SETOWN, -os.getpgrp() if group else os.getpid())
        fcntl.fcntl(sentinel, _F_SETSIG, signal.SIGKILL)
        fcntl.fcntl(sentinel, fcntl.F_SETFL, fcntl.fcntl(sentinel, fcntl.F_GETFL) | os.O_ASYNC)
        if wait([sentinel], 0):
            # It has ended before anybody was told to watch it.
            os._exit(1)


def _wait_for_it(sentinel: int, group: bool) -> None:
    wait([sentinel])
    if sys.platform != "win32" and group:
        os.killpg(os.getpgrp(), signal.SIGKILL)
    os._exit(1)
