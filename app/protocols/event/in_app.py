"""Whether a frame is the app's own code, by its path and its module, for clients that do not say so.

Not the app's are installed packages, vendored copies, the standard library and the runtime. In doubt a frame
is the app's: hiding the line that failed is worse than showing one too many.
"""

import re
from functools import lru_cache

from app.protocols.event.library_modules import FOREIGN_MODULES

_LONGEST = 1000
_ENTRIES = 8192

_FOREIGN = re.compile(
    r"""
      # Python
        (?:^|[\\/])(?:site-packages|dist-packages|_vendor)[\\/]
      | [\\/]lib(?:64)?[\\/]python\d(?:\.\d+)?[\\/]
      | [\\/]Python\d+[\\/]Lib[\\/]
      | [\\/]Python\.framework[\\/]
      | \.zip[\\/]
      | ^<frozen\ | ^<__array_function__
      # JavaScript: packages, bundlers, the runtime, extensions of the browser, libraries from elsewhere
      | (?:^|[\\/])(?:node_modules|bower_components|jspm_packages)[\\/]
      | ^webpack(?:-internal)?:.*(?:/~/|\(webpack\)) | ^\(webpack\) | ^[./]*~/
      | (?:^|/)webpack/(?:bootstrap|runtime|before-startup|startup)
      | /@vite/client | /_next/static/chunks/(?:framework|polyfills|webpack|main)-
      | ^(?:node|internal|deno|ext|bun): | ^internal/ | ^native(?:$|\ ) | ^\[native\ code\] | ^<anonymous>$
      | ^InternalBytecode\.js$
      | ^(?:chrome|moz|ms-browser|safari|safari-web)-extension: | ^(?:chrome|resource)://
      | ^(?:https?:)?//(?:[\w-]+\.)*(?:
            jsdelivr\.net | unpkg\.com | cdnjs\.cloudflare\.com | code\.jquery\.com | bootstrapcdn\.com
          | ajax\.(?:googleapis|aspnetcdn|microsoft)\.com | esm\.(?:sh|run) | skypack\.dev | jspm\.(?:io|dev)
          | googletagmanager\.com | google-analytics\.com | gstatic\.com | polyfill\.io | js\.stripe\.com
          | connect\.facebook\.net | sentry-cdn\.com | cloudflareinsights\.com | use\.fontawesome\.com
        )/
      | (?:^|/)(?:jquery|react|react-dom|vue|angular|lodash|bootstrap|zone|preact|d3|three|moment|axios)
        (?:[.-](?:\d+|min|slim|global|prod|production|development|umd|esm|runtime))+\.m?js(?:[?\#]|$)
      # Ruby
      | (?:^|[\\/])gems[\\/] | [\\/]lib(?:64)?[\\/]ruby[\\/] | ^<internal:
      | ^org/jruby/ | ^uri:classloader: | ^resource:/truffleruby/
      # PHP
      | ^phar:// | [\\/]share[\\/]php\d*[\\/] | ^\[internal(?:\ function)?\]
      # Go: downloaded modules, and its own source wherever it was installed
      | (?:^|[\\/])pkg[\\/]mod[\\/] | ^\$GOROOT[\\/] | ^_cgo_gotypes\.go
      | ^[\w-]+(?:\.[\w-]+)+/[^@]*@v\d
      | (?:[\\/]usr[\\/](?:local|lib|share)|[\\/]opt|Program\ Files)[\\/][Gg]o(?:-?\d[\d.]*)?[\\/]src[\\/]
      | [\\/]go-?\d[\d.]*[\\/]src[\\/] | [\\/]go[\\/](?:\d[\d.]*[\\/])?libexec[\\/]src[\\/]
      # Rust
      | [\\/]rustc[\\/] | \.cargo[\\/](?:registry|git)[\\/] | [\\/]cargo[\\/]registry[\\/]
      | (?:^|[\\/])library[\\/](?:std|core|alloc|test|proc_macro|panic_unwind)[\\/]src[\\/]
      | [\\/]lib[\\/]rustlib[\\/] | (?:^|/)csu/(?:\.\./)?
      # Dart: its own libraries, Flutter, and the packages that stand between an app and its errors
      | ^dart: | ^org-dartlang-sdk: | (?:^|/)dart-sdk/lib/ | [\\/]\.pub-cache[\\/]
      | ^package(?::|s/)(?:
            flutter\w* | sky_engine | stack_trace | async | test(?:_api|_core)? | matcher | http | dio | bloc
          | provider | riverpod | hooks_riverpod | get | get_it | rxdart | mobx | go_router | shelf\w*
          | sentry\w* | bugsnag\w* | rollbar\w* | logging | logger | catcher\w* | firebase_\w+ | grpc
        )/
      # Copies of others' code, of any language but Python, where "vendors" is as likely an app about vendors.
      | (?:^|[\\/])(?:vendors?|third_party|third-party)[\\/](?!.*\.py$)
    """,
    re.VERBOSE,
)


def is_in_app(path: str) -> bool:
    """False for installed and vendored packages, the standard library and the runtime; true for all else."""
    return _is_in_app(path[:_LONGEST])


def is_in_app_code(path: str | None, module: str | None, function: str | None, platform: str | None) -> bool:
    """Whether a frame is the app's own code, by its module too where paths say little.

    `platform` is Sentry's name of the language: in java, csharp, go and rust the module counts, which Rust
    has in the function's full name. Any part may be missing.
    """
    if path and not _is_in_app(path[:_LONGEST]):
        return False
    name = function if platform == "rust" else module
    return not name or not platform or _is_own_module(name[:_LONGEST], platform)


@lru_cache(maxsize=_ENTRIES)
def _is_in_app(path: str) -> bool:
    return _FOREIGN.search(path) is None


@lru_cache(maxsize=_ENTRIES)
def _is_own_module(name: str, platform: str) -> bool:
    foreign = FOREIGN_MODULES.get(platform)
    return foreign is None or foreign.match(name) is None
