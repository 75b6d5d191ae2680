"""The Ruby hook: it reports what ends a program or a thread, and changes nothing that is seen of it."""

import shutil
from pathlib import Path

import pytest

from tests.hooks import hooked
from tests.hooks.hooked import both, local, raised, titles

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(shutil.which("ruby") is None, reason="Ruby is not installed"),
]

CRASH = """
class Order
  def initialize(id); @id = id; @items = [1, { "a" => :b }]; end
  def inspect; exit 9; end
  alias to_s inspect
end
def pay(order, count)
  total = 12
  total / count
end
puts "paying"
pay(Order.new(7), 0)
"""
THREAD = """
def work(number)
  list = [number]
  list.fetch(9)
end
thread = Thread.new { work(3) }
thread.report_on_exception = REPORTS
sleep 0.01 while thread.alive?
puts "on"
"""


def written(folder: Path, source: str, name: str = "app.rb") -> Path:
    path = folder / name
    path.write_text(source)
    return path


def seen(ran: hooked.Ran) -> tuple[str, int]:
    """What is seen of a program with threads, whose addresses differ."""
    return ran.out, ran.code


def test_an_uncaught_exception_comes_with_locals_and_source(tmp_path: Path) -> None:
    written(tmp_path, CRASH)
    ran = both(["ruby", "-w", "app.rb"], cwd=tmp_path)
    assert (ran.code, ran.out) == (1, "paying\n")
    (report,) = ran.reports
    assert titles(ran) == ["ZeroDivisionError: divided by 0"]
    assert local(report, "pay") == {
        "order": {"(type)": "#<Order>", "@id": "7", "@items": ["1", {"a": ":b"}]},
        "count": "0",
        "total": "12",
    }
    frames = raised(report)["stacktrace"]["frames"]
    assert [frame["function"] for frame in frames] == ["<main>", "pay", "/"]
    assert frames[1]["context_line"] == "  total / count"


def test_causes_and_a_second_raise(tmp_path: Path) -> None:
    written(
        tmp_path,
        "def a; x = 1; raise ArgumentError, 'a'; end\ndef b; a; rescue => e; y = 2; raise 'b'; end\n"
        "begin; b; rescue => e; z = 3; raise e; end",
    )
    (report,) = both(["ruby", "app.rb"], cwd=tmp_path).reports
    assert [value["type"] for value in report["exception"]["values"]] == ["ArgumentError", "RuntimeError"]
    # Where it was raised first, not where it was raised again.
    assert local(report, "rescue in b")["y"] == "2"


@pytest.mark.parametrize("reports", ["true", "false"])
def test_threads_that_report_on_exception(reports: str, tmp_path: Path) -> None:
    written(tmp_path, THREAD.replace("REPORTS", reports))
    ran = hooked.run(["ruby", "app.rb"], cwd=tmp_path)
    assert seen(ran) == seen(hooked.run(["ruby", "app.rb"], cwd=tmp_path, is_hooked=False)) == ("on\n", 0)
    if reports == "false":
        assert ran.reports == []
        return
    assert titles(ran) == ["IndexError: index 9 outside of array bounds: -1...1"]
    assert local(ran.reports[0], "work") == {"number": "3", "list": ["3"]}


def test_a_thread_whose_error_ends_the_program_is_one_report(tmp_path: Path) -> None:
    written(tmp_path, "Thread.abort_on_exception = true\nThread.new { raise 'x' }\nsleep 5")
    assert titles(hooked.run(["ruby", "app.rb"], cwd=tmp_path)) == ["RuntimeError: x"]


def test_a_thread_whose_error_is_taken_over(tmp_path: Path) -> None:
    written(
        tmp_path,
        "t = Thread.new { Thread.current.report_on_exception = false; raise 'x' }\n"
        "begin; t.join; rescue => e; puts e.message; end",
    )
    assert both(["ruby", "app.rb"], cwd=tmp_path).reports == []


def test_a_forked_child(tmp_path: Path) -> None:
    written(tmp_path, "pid = fork { n = 1; raise 'in the child' }\nProcess.wait(pid)\nputs $?.exitstatus")
    ran = both(["ruby", "app.rb"], cwd=tmp_path)
    assert ran.out == "1\n"
    assert titles(ran) == ["RuntimeError: in the child"]


NOTHING_TO_REPORT = {
    "the end": "exit 3",
    "abort": "abort 'sorry'",
    "Ctrl-C": "Process.kill(:INT, Process.pid); sleep 5",
    "a signal": "Process.kill(:TERM, Process.pid); sleep 5",
    "rescue Exception": "begin; raise NotImplementedError, 'x'; rescue Exception; puts 'caught'; end",
    "a hard end": "begin; raise 'x'; ensure; exit!(4); end",
    "throw and loops": "catch(:x) { throw :x }; loop { raise StopIteration }; puts 'on'",
}


@pytest.mark.parametrize("source", NOTHING_TO_REPORT.values(), ids=NOTHING_TO_REPORT)
def test_nothing_is_reported_of(source: str, tmp_path: Path) -> None:
    written(tmp_path, source)
    assert both(["ruby", "app.rb"], cwd=tmp_path).reports == []


def test_the_programs_own_end_comes_as_ever(tmp_path: Path) -> None:
    written(tmp_path, "at_exit { puts \"mine #{$!.message}\"; exit 7 }\nraise 'x'")
    ran = both(["ruby", "app.rb"], cwd=tmp_path)
    assert (ran.out, ran.code) == ("mine x\n", 7)


def test_options_that_are_there_stay(tmp_path: Path) -> None:
    written(tmp_path, "puts 'first'", "theirs.rb")
    written(tmp_path, "p $VERBOSE, caller, $LOADED_FEATURES.grep(/json|socket/)\nraise 'x'")
    ran = both(["ruby", "app.rb"], cwd=tmp_path, env={"RUBYOPT": f"-w -r{tmp_path}/theirs.rb"})
    assert ran.out.startswith("first\ntrue\n[]\n")
    assert titles(ran) == ["RuntimeError: x"]


def test_exceptions_stay_what_can_be_dumped_and_frozen(tmp_path: Path) -> None:
    written(
        tmp_path,
        "e = RuntimeError.new('x').freeze\nbegin; raise e; rescue => f; p Marshal.load(Marshal.dump(f)),"
        " f.instance_variables; end\np Thread.current.keys, Thread.current.thread_variables",
    )
    both(["ruby", "app.rb"], cwd=tmp_path)


def test_without_gems_and_with_a_frozen_clock(tmp_path: Path) -> None:
    written(tmp_path, "def Time.now; raise 'frozen'; end\nraise IOError, \"\\xff broken \\u00e9\"")
    ran = both(["ruby", "--disable-gems", "app.rb"], cwd=tmp_path)
    assert raised(ran.reports[0])["value"].endswith("broken é")


CLIENTS = {
    "Sentry": "module Sentry; def self.initialized?; true; end\n"
    "def self.configuration; Struct.new(:dsn).new('d'); end; end",
    "Airbrake": "module Airbrake; def self.configured?; true; end; end",
    "another version": "module Rollbar; end",
}


@pytest.mark.parametrize("client", CLIENTS)
def test_it_stands_back_for_a_client_that_is_set_up(client: str, tmp_path: Path) -> None:
    written(tmp_path, f"{CLIENTS[client]}\nraise 'x'")
    assert both(["ruby", "app.rb"], cwd=tmp_path).reports == []


def test_a_client_that_is_not_set_up_is_none(tmp_path: Path) -> None:
    written(tmp_path, CLIENTS["Airbrake"].replace("true", "false") + "\nraise 'x'")
    assert titles(both(["ruby", "app.rb"], cwd=tmp_path)) == ["RuntimeError: x"]
