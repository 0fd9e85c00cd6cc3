"""The state of a book: everything that a batch may change, and that it leaves alone if it fails."""

from dataclasses import dataclass, field

from tests.sheets_server.book.model import MAX_CELLS, TOO_MANY_CELLS, Json, Refused, Sheet


@dataclass
class State:
    """Everything that a batch may change."""

    properties: Json
    sheets: list[Sheet] = field(default_factory=list)
    named_ranges: list[Json] = field(default_factory=list)
    metadata: list[Json] = field(default_factory=list)

    def clone(self) -> "State":
        return State(
            self.properties,
            [sheet.clone() for sheet in self.sheets],
            self.named_ranges[:],
            self.metadata[:],
        )

    def same_as(self, other: "State") -> bool:
        return (
            self.properties == other.properties
            and len(self.sheets) == len(other.sheets)
            and all(mine.same_as(theirs) for mine, theirs in zip(self.sheets, other.sheets, strict=True))
            and self.named_ranges == other.named_ranges
            and self.metadata == other.metadata
        )

    def sheet(self, sheet_id: int, called: str = "grid") -> Sheet:
        """The sheet with that identifier. Google calls it a grid where ranges lie, a sheet where it is meant itself."""
        for sheet in self.sheets:
            if sheet.id == sheet_id:
                return sheet
        raise Refused(f"No {called} with id: {sheet_id}")

    def sheet_titled(self, title: str) -> Sheet | None:
        """Titles are found whatever their case, as Google does; the exact one goes before."""
        for sheet in self.sheets:
            if sheet.title == title:
                return sheet
        folded = title.casefold()
        return next((sheet for sheet in self.sheets if sheet.title.casefold() == folded), None)

    @property
    def first_visible(self) -> Sheet:
        return next((sheet for sheet in self.sheets if not sheet.properties.get("hidden")), self.sheets[0])

    def check_size(self) -> None:
        if sum(sheet.row_count * sheet.column_count for sheet in self.sheets) > MAX_CELLS:
            raise Refused(TOO_MANY_CELLS)

    @property
    def locale(self) -> str:
        return str(self.properties["locale"])
