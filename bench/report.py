"""Prints figures as plain aligned text, one figure a line."""

COLUMN = 22


def title(text: str) -> None:
    """Print the title of the next table."""
    print(f"\n{text}", flush=True)


def row(*cells: str) -> None:
    """Print one line of a table."""
    print("  " + "".join(cell.ljust(COLUMN) for cell in cells).rstrip(), flush=True)


def figure(name: str, value: float, target: float, *, less_is_better: bool = False) -> None:
    """Print a figure beside its target."""
    reached = value <= target if less_is_better else value >= target
    sign = "≤" if less_is_better else "≥"
    print(
        f"  {name}: {value:.2f} (target {sign} {target:.2f}: {'reached' if reached else 'MISSED'})",
        flush=True,
    )
