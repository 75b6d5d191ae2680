"""Recognizes calls of an operating system's or a runtime's own libraries, wherever a client marks them as the
app's.

Crash reporters that read a dump know no package manager's folders: they mark all frames alike.
"""

import re

_LONGEST = 500
_FILE = re.compile(
    r"""
      # The folders of Android, Apple's systems and Windows; below Linux's /usr/lib apps have libraries, too
        /(?:system|apex|vendor|system_ext|product)/(?:[^/]+/)*[^/]+\.(?:so|apk|jar|odex|oat)$
      | /(?:System|Library/Apple|usr/lib/system)/.* | .*/(?:RuntimeRoot|CoreSimulator|Xcode\.app)/.*
      | [A-Za-z]:[\\/]Windows[\\/].*
      # Libraries that keep their names, in whatever folder
      | (?:.*[\\/])?(?:
            lib(?:c|m|dl|rt|pthread|gcc_s|stdc\+\+|c\+\+\w*|unwind|art|log|utils|binder|android_runtime|hwui|ld)
            (?:[-.]\d[\d.]*)?\.(?:so|dylib)[\d.]*
          | ld(?:-linux[\w-]*|-musl[\w-]*|64|)(?:[-.]\d[\d.]*)?\.so[\d.]*
          | lib(?:system_\w+|dyld|dispatch|objc(?:\.A)?|swift\w+|BacktraceRecording|Main\w+|xpc)(?:\.\w+)*
          | lib(?:bugsnag[\w-]*|sentry[\w-]*|crashlytics[\w-]*|crashpad[\w-]*|breakpad[\w-]*)\.so
          | libclang_rt\.[\w.-]+ | lib[atlmu]+bsan\.so[\d.]* | lib(?:asan|tsan|ubsan|lsan)\.so[\d.]*
          | (?:UIKit\w*|Foundation|CoreFoundation|AppKit|GraphicsServices|QuartzCore|CFNetwork|dyld|WebKit
              |SwiftUI\w*|libsystem\w*|XCTest\w*|Sentry|Bugsnag\w*)
          | (?i:ntdll|kernel32|kernelbase|user32|gdi32|ucrtbased?|msvcrt|vcruntime\w+|msvcp\w+|combase|rpcrt4
              |coreclr|clr|mscorwks|libcoreclr)\.(?:dll|so|pdb)
          | linux-(?:vdso|gate)\.so[\d.]* | \[vdso\] | vdso
        )$
      # Inside the runtime
      | (?:node|deno|bun|ext):.* | internal/[\w/]+\.js$ | <(?:frozen\ |internal:).*
      | \[internal[\ \w]*\]$ | =?\[C\]$ | \[native\ code\]$ | native$ | (?:dart|org-dartlang-sdk):.*
      | InternalBytecode\.js$
    """,
    re.VERBOSE,
)
# Namespaces that no app has: C++'s, Rust's and Kotlin's own. A function template's result may come first.
_FUNCTION = re.compile(
    r"""(?:(?:void|bool|int|decltype\(auto\))\ )?
        (?: <*(?:std|__gnu_cxx|__cxxabiv1|wasm_bindgen)(?:\[[0-9a-f]+\])?::
          | <*core(?:\[[0-9a-f]+\])?::(?:any|array|cell|char|cmp|convert|fmt|future|hash|intrinsics|iter|mem
              |num|ops|option|panicking|ptr|result|slice|str|sync|task|time|unicode)::
          | <*alloc(?:\[[0-9a-f]+\])?::(?:alloc|borrow|boxed|collections|fmt|raw_vec|rc|slice|str|string|sync
              |vec)::
          | <(?:&(?:mut\ )?)?(?:\w+|\[\w+\]|\(\))\ as\ (?:core|std|alloc)::
          | _ZNK?(?:S[abtios]|4core|3std|5alloc) | kfun:kotlin(?:\.|x\.)
          | _*libc_start\w* | _start$ | start_thread$ | clone3?$ | _pthread_\w+ )
    """,
    re.VERBOSE,
)


def holds(path: str | None, function: str | None, *, compiled: bool) -> bool:
    """Whether a call is of such a library: by its file, or in a compiled language by its function's name."""
    if path and _FILE.match(path[-_LONGEST:]):
        return True
    return bool(function) and compiled and _FUNCTION.match((function or "")[:_LONGEST]) is not None
