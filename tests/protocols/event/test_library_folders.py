"""Which libraries came with the system."""

import pytest

from app.protocols.event.library_folders import is_of_the_system


@pytest.mark.parametrize(
    ("package", "is_of_it"),
    [
        ("/System/Library/Frameworks/UIKit.framework/UIKit", True),
        ("C:\\WINDOWS\\System32\\ntdll.dll", True),
        ("/usr/lib/x86_64-linux-gnu/libc.so.6", True),
        ("/apex/com.android.runtime/lib64/bionic/libc.so", True),
        ("/opt/shop/bin/shop", False),
        ("C:\\Program Files\\Shop\\shop.exe", False),
    ],
)
def test_a_folder_tells(package: str, is_of_it: bool) -> None:
    assert is_of_the_system(package) is is_of_it
