"""Commands that correct the grouping."""

import argparse

from app.cli.arguments.add import Add
from app.cli.arguments.values import count


def add_corrections(
    add: Add,
    everywhere: argparse.ArgumentParser,
    printing: argparse.ArgumentParser,
) -> None:
    """Add the commands that correct the grouping."""
    merge = add("merge", "make one issue of several: the first one stays, and new events follow")
    merge.add_argument("issue_ids", type=count, nargs="+", metavar="ID")
    split = add("split", "split an issue by what its events differ in, which is told without --by")
    split.add_argument("issue_id", type=count, metavar="ID")
    split.add_argument("--by", metavar="WHAT", help="a tag's name, or message, or culprit")
    acts = add("rules", "list the grouping rules", printing).add_subparsers(dest="act", metavar="act")
    _add_rules(acts, everywhere)
    text = "take a rule back, and undo what it has grouped"
    remove = acts.add_parser("remove", help=text, description=text, parents=[everywhere])
    remove.add_argument("rule_id", type=count, metavar="ID")
    add("regroupings", "list merges, splits and what rules did, the newest first", printing)
    acts = add("regroup", "undo a regrouping").add_subparsers(dest="act", metavar="act", required=True)
    undo = acts.add_parser("undo", help="undo it", description="undo a regrouping", parents=[everywhere])
    undo.add_argument("regrouping_id", type=count, metavar="ID")


def _add_rules(
    acts: "argparse._SubParsersAction[argparse.ArgumentParser]", everywhere: argparse.ArgumentParser
) -> None:
    text = "add a rule; without --yes only tell what it would do to the stored events"
    kinds = acts.add_parser("add", help=text, description=text).add_subparsers(
        dest="kind", metavar="kind", required=True
    )
    for kind, summary in (
        ("ignore", "this part of events does not count"),
        ("same", "these parts count as one"),
        ("apart", "events that differ in this are never one issue"),
    ):
        rule = kinds.add_parser(kind, help=summary, description=summary, parents=[everywhere])
        if kind == "apart":
            rule.add_argument("texts", nargs=1, metavar="WHAT", help="a tag's name, or message, or culprit")
        else:
            parts = ("module", "function", "type", "words")
            rule.add_argument("part", choices=parts, help="what of an event the rule is about")
            rule.add_argument("texts", nargs="+" if kind == "same" else 1, metavar="TEXT")
        rule.add_argument("--project", metavar="NAME", help="only in this project (default: in all)")
        rule.add_argument("--yes", action="store_true", help="keep it, and carry it out")
