"""Making a workbook, and bringing one in use back to what the office needs; people's cells are not touched."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from daemon.domain.sheet import Layout
from daemon.sheets.create import Parts, packed, parts_of, skeleton, titled, untitled
from daemon.sheets.furnish import fill_lists, furnish
from daemon.sheets.graft import graft
from daemon.sheets.lists import LISTS_TITLE, Lists
from daemon.sheets.package import Package
from daemon.sheets.reading import find_sheets, read_values

_SOMEBODY = ("",)
"""Stands for a directorate's liaisons: with any at all, ``İrtibat`` is checked against their list."""


def new_workbook(layouts: Sequence[Layout], lists: Lists) -> bytes:
    """The directorates' differ in title and liaisons alone: what is the same in all of them is made once."""
    shared = replace(lists, title="", liaisons=_SOMEBODY if lists.liaisons else ())
    return with_lists(titled(_furnished(tuple(layouts), shared), lists.title), lists)


@lru_cache(maxsize=4)
def _furnished(layouts: tuple[Layout, ...], lists: Lists) -> Parts:
    """A workbook with everything that belongs to it but a title and liaisons."""
    bare = packed(untitled(layouts, tuple(lists.own_directorates)))
    return parts_of(repaired(bare, layouts, lists)[0])


def repaired(data: bytes, layouts: Sequence[Layout], lists: Lists) -> tuple[bytes, list[str]]:
    """The workbook with everything that was missing, and in Turkish what that was. Raises
    :class:`Unprocessable` for a file that is no workbook."""
    package = Package(data)
    done = _add_missing(package, layouts, lists)
    if done:
        data = package.to_bytes()
        package = Package(data)
    titles = find_sheets(package, [*(layout.title for layout in layouts), LISTS_TITLE])
    rows, parts = read_values(data, package, titles), package.sheets()
    if fill_lists(package, parts[titles[LISTS_TITLE]], titles[LISTS_TITLE], rows[LISTS_TITLE], lists):
        done.append("açılır listelerin içeriği yenilendi")
    for layout in layouts:
        title = titles[layout.title]
        done += furnish(package, parts[title], title, layout, rows[layout.title], lists)
    return (package.to_bytes(), done) if done else (data, [])


def with_lists(data: bytes, lists: Lists) -> bytes:
    """The workbook with drop-downs that offer ``lists``; the same bytes where they do, or where it has none."""
    package = Package(data)
    titles = find_sheets(package, [LISTS_TITLE])
    if not titles:
        return data
    title = titles[LISTS_TITLE]
    rows = read_values(data, package, titles)[LISTS_TITLE]
    return package.to_bytes() if fill_lists(package, package.sheets()[title], title, rows, lists) else data


def _add_missing(package: Package, layouts: Sequence[Layout], lists: Lists) -> list[str]:
    there = find_sheets(package, [*(layout.title for layout in layouts), LISTS_TITLE])
    missing = [layout for layout in layouts if layout.title not in there]
    if not missing and LISTS_TITLE in there:
        return []
    source = Package(skeleton(missing, lists))
    for layout in missing:
        graft(source, package, layout.title)
    if LISTS_TITLE not in there:
        graft(source, package, LISTS_TITLE)
    return [f"“{layout.title}” sayfası eklendi" for layout in missing] or ["açılır listeler eklendi"]
