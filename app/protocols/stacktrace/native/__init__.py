"""Stack traces of programs compiled to machine code, one module a kind of printer.

C and C++ print none themselves: sanitizers, debuggers, libraries and the system do. Swift, Zig, Nim, Crystal,
Haskell and OCaml have runtimes that do.
"""
