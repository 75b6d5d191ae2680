"""Which frames of machine code are the system's, the runtime's or a library's, by image, file and symbol."""

import re

from msgspec.structs import replace

from app.model import Frame
from app.protocols.stacktrace.frames import frame

_IMAGE = re.compile(
    r"""^/(?:usr/(?:local/)?)?lib(?:32|64|x32|exec)?/ | (?:^|/)lib(?:c|m|pthread|dl|gcc_s|stdc\+\+
        |c\+\+(?:abi|_shared)?|rt)[-.\d]*\.(?:so|dylib)
      | (?:^|/)(?:ld-(?:linux|musl)[\w.-]*|\[vdso\]|linux-vdso[\w.]*|linker64?)
      | ^/System/ | ^/usr/lib/ | ^lib(?:system_|dispatch|objc|swift|c\+\+|dyld|xpc|sanitizer|asan|tsan
      |ubsan|clang_rt)[\w.+-]*
      | ^(?:CoreFoundation|Foundation|UIKit(?:Core)?|AppKit|SwiftUI|GraphicsServices|HIToolbox|QuartzCore
      |CFNetwork|dyld
          |CoreData|Combine|XCTest|AttributeGraph|CoreAutoLayout|UIFoundation|BaseBoard|FrontBoardServices
          |WebKit
          |JavaScriptCore|\?\?\?)$
      | ^/(?:system|apex|vendor)/ | (?i:^|[\\/])(?:ntdll|kernel32|kernelbase|ucrtbase\w*|vcruntime\w*
      |msvcp\w*|user32)(?:\.dll)?$
    """,
    re.VERBOSE,
)
_FILE = re.compile(
    r"""^(?:\./|\.\./)*(?:sysdeps|csu|nptl|stdlib|assert|libio|malloc|debug|signal|src/libsanitizer
        |libsanitizer|string)/
      | /glibc | /usr/include/ | /include/c\+\+/ | /libstdc\+\+ | /libsanitizer/ | /compiler-rt/
      | /libcxx(?:abi)?/ | ^/*<compiler-generated>
      | ^/rustc/ | /lib/zig/std/ | /usr/lib/(?:nim|zig|crystal|ocaml|ghc) | /share/(?:crystal|nim|zig)/
      | ^/usr/lib/
      | ^/build/glibc | ^Swift/ | /swift/stdlib/ | /toolchains?/nim | /\.nimble/pkgs | /nim-[\d.]+/lib/
    """,
    re.VERBOSE,
)
_SYMBOL = re.compile(
    r"""_start$ | _*libc_start | __interceptor_ | __asan | __ubsan | __tsan | __msan | __lsan
        | __sanitizer | _*assert_fail
      | __GI_ | _*pthread_kill | std::(?!_?_?main) | __gnu_cxx:: | __cxa_ | __cxxabiv1 | _?abort$
      | _?raise$ | operator\ (?:new|delete)
      | start_thread$ | _*clone3?$ | boost::stacktrace | swift_ | _?objc_ | \$?s?Swift\.
      | _assertionFailure | _fatalError
      | google::(?:Log|Dump|(?:anonymous|\(anon)) | absl::.*(?:Failure|Log) | __restore_rt | killpg$
      | \(unknown\)$
    """,
    re.VERBOSE,
)


def native_frame(
    function: str | None,
    path: str | None = None,
    line: int | None = None,
    column: int | None = None,
    *,
    image: str | None = None,
    platform: str = "native",
) -> Frame:
    """A frame of machine code: its symbol, and its source, else the image that it is in as its module."""
    module = image.replace("\\", "/").rpartition("/")[2] if image else None
    made = frame(platform, path, line, column, module=module or None, function=function)
    is_nameless = not (function or path or image)
    return replace(made, in_app=False) if is_nameless or is_foreign(function, path, image) else made


def is_foreign(function: str | None, path: str | None, image: str | None) -> bool:
    """Whether the frame is certainly not the app's own."""
    return bool(
        (image and _IMAGE.search(image[:1000]))
        or (path and _FILE.search(path[:1000]))
        or (function and _SYMBOL.match(function[:1000]))
    )
