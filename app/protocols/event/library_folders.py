"""Whether a library of compiled code came with the system, by the folder that it is in."""

import re

# Where the libraries of Linux, Apple's systems, Android and Windows lie.
_SYSTEM = re.compile(
    r"""
        /(?:usr/(?:local/)?|)lib(?:32|64|exec|x32)?/ | /System/ | /Library/Apple/ | /usr/lib/system/
      | .*/(?:RuntimeRoot|CoreSimulator|Xcode\.app)/ | /system/ | /apex/ | /vendor/lib
      | (?i:[A-Z]:\\Windows\\) | linux-(?:vdso|gate)\. | \[vdso\]
      | (?:libsystem_\w+|libdyld|libdispatch|libobjc|UIKit\w*|Foundation|CoreFoundation|dyld)(?:\.\w+)*$
    """,
    re.VERBOSE,
)


def is_of_the_system(package: str) -> bool:
    """Whether the library, as its client names it, belongs to the system."""
    return _SYSTEM.match(package) is not None
