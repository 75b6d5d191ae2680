"""An engine for one test, or one that the tests of a file share, as the tests from outside have it."""

from tests.end2end.conftest import engine as engine
from tests.end2end.conftest import shared_engine as shared_engine
