"""What `main.py run` adds to a Python program: its uncaught exceptions are reported, with locals.

Python imports a `sitecustomize` when it starts; this one lets the next one on the path have its turn, and leaves
the path as it would have been. It loads nothing that is not loaded already: what an error needs
(`error_report.py`) is read when there is one. Whatever fails in it fails silently: the program is to run as if
it were not there. It reads one variable, `ARECIBO_RUN_FOLDER`: where reports are left for `main.py run`.

It is to be read by every Python from 2.7 on. What a Python has no door for is left to what it prints.
"""

import sys


def _install(folder, reports):
    import atexit
    import os

    state = {}

    def report(kind, error_type, error, traceback, thread=None):
        """Report an error, once; raises nothing, whatever happens."""
        try:
            if error is None or error is state.get("last"):
                return
            if issubclass(error_type, (KeyboardInterrupt, SystemExit, GeneratorExit)):
                return
            state["last"] = error
            if "report" not in state:
                # Not imported: the program may have a module of any name.
                path = os.path.join(folder, "error_report.py")
                with open(path, "rb") as source:
                    code = compile(source.read(), path, "exec")
                names = {"__name__": "arecibo_error_report", "__file__": path}
                exec(code, names)
                state["report"] = names["report"]
            state["report"](reports, kind, error_type, error, traceback, thread)
        except BaseException:
            pass

    def is_interactive():
        return hasattr(sys, "ps1") or getattr(sys.flags, "interactive", 0)

    shown = sys.excepthook

    def excepthook(error_type, error, traceback):
        if not is_interactive():
            report("excepthook", error_type, error, traceback)
        shown(error_type, error, traceback)

    # Some programs ask whether the one is the other, to see whether anybody has set a hook.
    if sys.__excepthook__ is shown:
        sys.__excepthook__ = excepthook
    sys.excepthook = excepthook

    def at_exit():
        """The program has a hook of its own that calls nobody: the interpreter has noted what it was."""
        try:
            error = getattr(sys, "last_exc", None) or getattr(sys, "last_value", None)
            traceback = getattr(sys, "last_traceback", None)
            if error is None or traceback is None or is_interactive():
                return
            frame = traceback.tb_frame
            # Test runners leave the errors of tests there: those do not begin where the program began.
            is_main = frame.f_globals.get("__name__") in ("__main__", "runpy")
            if is_main and frame.f_code.co_name in ("<module>", "_run_module_as_main"):
                report("excepthook", type(error), error, traceback)
        except BaseException:
            pass

    # Registered first, it is called last: after all that the program does at its end.
    atexit.register(at_exit)

    if sys.version_info < (3, 8):
        return

    import _thread

    threads_shown = _thread._excepthook

    def thread_excepthook(args):
        report("threading", args.exc_type, args.exc_value, args.exc_traceback, args.thread)
        threads_shown(args)

    # `threading` takes it from there when it is imported.
    _thread._excepthook = thread_excepthook
    threading = sys.modules.get("threading")
    if threading is not None and threading.excepthook is threads_shown:
        threading.excepthook = thread_excepthook
        if hasattr(threading, "__excepthook__"):
            threading.__excepthook__ = thread_excepthook

    def like(function, other):
        for name in ("__doc__", "__module__", "__name__", "__qualname__"):
            setattr(function, name, getattr(other, name))
        return function

    def patch_asyncio(module):
        loop = module.BaseEventLoop
        handle = loop.default_exception_handler

        def default_exception_handler(self, context):
            error = context.get("exception") if type(context) is dict else None
            if error is not None:
                report("asyncio", type(error), error, getattr(error, "__traceback__", None))
            return handle(self, context)

        loop.default_exception_handler = like(default_exception_handler, handle)

    def patch_multiprocessing(module):
        process = module.BaseProcess
        bootstrap = process._bootstrap

        def patch_traceback(traceback):
            print_exc = traceback.print_exc

            def print_exception_of_process(*args, **given):
                if sys._getframe(1).f_code is bootstrap.__code__:
                    report("multiprocessing", *sys.exc_info())
                return print_exc(*args, **given)

            traceback.print_exc = like(print_exception_of_process, print_exc)

        def _bootstrap(self, *args, **given):
            # Only in the child: there it prints what nobody has caught.
            when_imported("traceback", patch_traceback)
            return bootstrap(self, *args, **given)

        process._bootstrap = like(_bootstrap, bootstrap)

    wanted = {}

    class Loader(object):
        """A module's own loader, and what is to be done when it has loaded the module."""

        def __init__(self, loader, patch):
            self._loader = loader
            self._patch = patch

        def __getattr__(self, name):
            return getattr(self._loader, name)

        def exec_module(self, module):
            try:
                module.__spec__.loader = module.__loader__ = self._loader
            except BaseException:
                pass
            self._loader.exec_module(module)
            try:
                self._patch(module)
            except BaseException:
                pass

    class Finder(object):
        """Finds nothing itself: the others do."""

        @staticmethod
        def find_spec(name, path=None, target=None):
            if name not in wanted:
                return None
            patch = wanted.pop(name)
            try:
                if not wanted:
                    sys.meta_path.remove(Finder)
                for finder in list(sys.meta_path):
                    find = getattr(finder, "find_spec", None)
                    if finder is Finder or find is None:
                        continue
                    spec = find(name, path, target)
                    if spec is not None:
                        if hasattr(spec.loader, "exec_module"):
                            spec.loader = Loader(spec.loader, patch)
                        return spec
            except BaseException:
                pass
            return None

    def when_imported(name, patch):
        try:
            module = sys.modules.get(name)
            if module is not None:
                patch(module)
                return
            wanted[name] = patch
            if Finder not in sys.meta_path:
                sys.meta_path.insert(0, Finder)
        except BaseException:
            pass

    when_imported("asyncio.base_events", patch_asyncio)
    when_imported("multiprocessing.process", patch_multiprocessing)


def _begin():
    import os

    ours = sys.modules.pop(__name__, None)
    folder = os.path.dirname(os.path.abspath(__file__))
    try:
        reports = os.environ.get("ARECIBO_RUN_FOLDER")
        if reports:
            _install(folder, reports)
    except BaseException:
        pass
    sys.path[:] = [place for place in sys.path if place != folder]
    try:
        import sitecustomize
    except ImportError as error:
        # As `site` does: there need not be one; whatever else is wrong with it, it says.
        name = getattr(error, "name", None)
        if name is None:
            name = str(error).rpartition(" ")[2].strip("'\"")
        if name != "sitecustomize":
            raise
    finally:
        # The import of this one is not over, and asks for it.
        if ours is not None:
            sys.modules.setdefault(__name__, ours)


_begin()
