"""The keys as the reader has them: those of a set, those that the settings name, and what follows from both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property
from typing import Final

from msgspec.structs import replace

from readlist.settings import Settings
from readlist.tui.commands import COMMANDS, Command, in_settings
from readlist.tui.elsewhere import ELSEWHERE
from readlist.tui.keynames import exists, named, shown_key, types
from readlist.tui.keyset import SETS, of_set
from readlist.tui.places import FIXED, PLACES, beside, reaching

STOPPED: Final = ("ctrl+q",)
"""Keys that no command can have: they leave the program wherever one is."""

LIST: Final = ""
"""The place of the commands of the list."""

Keys = Mapping[str, tuple[str, ...]]
"""Commands and their keys."""


class Keymap:
    """Every command of every place with its keys, worked out when first asked for: a start paints before that."""

    def __init__(self, settings: Settings) -> None:
        """Take the settings, whose keys are in order: `configured` sees to that."""
        self._settings = settings

    @cached_property
    def _named(self) -> dict[str, Command]:
        """The commands by their names, in the order of the help."""
        return _resolved(self._settings)

    @cached_property
    def _places(self) -> dict[str, tuple[Command, ...]]:
        """The commands of each place."""
        places: dict[str, list[Command]] = {}
        for command in self._named.values():
            places.setdefault(command.place, []).append(command)
        return {place: tuple(found) for place, found in places.items()}

    @cached_property
    def _keyed(self) -> dict[tuple[str, str], Command]:
        """What each key of each place asks for."""
        return {(one.place, key): one for one in self._named.values() for key in one.keys}

    @property
    def commands(self) -> tuple[Command, ...]:
        """All commands."""
        return tuple(self._named.values())

    def of(self, place: str = LIST) -> tuple[Command, ...]:
        """Return the commands of a place."""
        return self._places.get(place, ())

    def named(self, name: str) -> Command:
        """Return the command of a name."""
        return self._named[name]

    def get(self, name: str | None) -> Command | None:
        """Return the command of a name, if there is one."""
        return self._named.get(name or "")

    def asked_for(self, key: str, places: Sequence[str] = (LIST,)) -> Command | None:
        """Return what a key asks for: the command of the first of the places that has one for it."""
        return next((found for place in places if (found := self._keyed.get((place, key)))), None)

    def here(self, command: Command, places: Sequence[str]) -> Command:
        """Return a command with those of its keys that ask for it where some places work together."""
        keys = tuple(key for key in command.keys if self.asked_for(key, places) is command)
        return command if keys == command.keys else replace(command, keys=keys)

    def rivals(self, command: Command, key: str) -> list[Command]:
        """Return the commands that have a key which cannot be another command's as well."""
        return [one for one in _beside(command, self._named) if key in one.keys]


def configured(settings: Settings) -> Keymap:
    """Return the commands with the keys that the reader has set, and the statuses by their labels.

    Raises:
        SettingsError: A name is no command's, or one key stands for two commands of a place.
    """
    for name in settings.keys:
        if name not in _NAMES:
            from readlist.settings.file import near

            place = name.rpartition(".")[0]
            hint = near(name, [one for one in _NAMES if one.rpartition(".")[0] == place] or _NAMES)
            raise settings.origin.error(f"keys.{name}", f"keys.{name}: {name!r} is no command", hint)
    known = _resolved(settings) if settings.keys else {}
    for name in settings.keys:
        for key in known[name].keys:
            _check_key(key, known[name], known, settings)
    return Keymap(settings)


def usual_keys(settings: Settings, names: Iterable[str]) -> Keys:
    """Return the keys that commands have when the settings name none for them."""
    left = set(names)
    known = _resolved(replace(settings, keys={name: keys for name, keys in settings.keys.items() if name not in left}))
    return {name: known[name].keys for name in left}


def _resolved(settings: Settings) -> dict[str, Command]:
    """Return every command with its keys, clashes and all."""
    given = {name: tuple(map(named, keys)) for name, keys in settings.keys.items()}
    of_list = {one.id: one for one in of_set(settings.key_set)}
    at_first = {name: one.keys for name, one in of_list.items()}
    now = {name: given.get(name, keys) for name, keys in at_first.items()}
    own = {one.id: SETS[settings.key_set].get(one.id, one.keys) for one in ELSEWHERE}
    usual = _following(at_first, own, {})
    wanted = {name: given.get(name, keys) for name, keys in own.items()}
    found = now | _following(now, wanted, usual) | {name: keys for name, keys in given.items() if name in own}
    claimed = _claimed(wanted)
    for one in ELSEWHERE:
        if one.id in given or not any(now[name] for name in one.follows):
            continue
        within = beside(one.place) - set(reaching(one.place))
        if not found[one.id] or any(not claimed[place].isdisjoint(found[one.id]) for place in within):
            # Others need its keys, all of them or on some screens: what is free of the usual ones stays.
            used = {key for other in _beside(one, _ELSEWHERE) for key in found[other.id]}
            found[one.id] = tuple(dict.fromkeys((*found[one.id], *(key for key in usual[one.id] if key not in used))))
    commands = of_list | _ELSEWHERE
    commands |= _statuses(commands, settings)
    return {name: one if one.keys == found[name] else replace(one, keys=found[name]) for name, one in commands.items()}


def _following(now: Keys, wanted: Keys, usual: Keys) -> dict[str, tuple[str, ...]]:
    """Return the keys of the commands elsewhere: those that each wants for itself, and those of what it follows.

    Args:
        now: The keys of the commands of the list.
        wanted: The keys that each command elsewhere wants; what follows takes none of them where both always work.
        usual: Those that each command has in any case: that another one wants them too is a clash, and told.
    """
    claimed = _claimed(wanted)
    found = {}
    for one in ELSEWHERE:
        out = {key for place in reaching(one.place) for key in claimed[place]}.difference(usual.get(one.id, ()))
        typed = PLACES[one.place].typed
        followed = (key for name in one.follows for key in now[name] if key not in out)
        free = (key for key in followed if not (typed and types(key)))
        found[one.id] = tuple(dict.fromkeys((*wanted[one.id], *free)))
    return found


def _claimed(wanted: Keys) -> dict[str, set[str]]:
    """Return for each place the keys that it has a use for, whatever the reader makes of the list's."""
    found = {place: {key for one in FIXED if one.place == place for key in one.keys} for place in PLACES}
    for one in ELSEWHERE:
        found[one.place].update(wanted[one.id])
    return found


_NAMES: Final = tuple(one.id for one in (*COMMANDS, *ELSEWHERE))

_ELSEWHERE: Final = {one.id: one for one in ELSEWHERE}


def _beside(command: Command, known: Mapping[str, Command]) -> Iterable[Command]:
    """Return the other commands that no key can stand for together with this one."""
    places = beside(command.place) if command.place else {LIST}
    return (one for one in known.values() if one.place in places and one.id != command.id)


@cache
def _fixed(place: str) -> frozenset[str]:
    """Return the keys that no command of a place can have, since they stand for something there."""
    places = beside(place)
    return frozenset(key for one in FIXED if one.place in places for key in one.keys)


def _statuses(known: Mapping[str, Command], settings: Settings) -> dict[str, Command]:
    """Return the commands for statuses, called by their labels."""
    statuses = settings.statuses
    found = {}
    for place in ("", "papers."):
        for number in range(1, 7):
            one = known[f"{place}status_{number}"]
            if number <= len(statuses):
                label = statuses[number - 1].label
                found[one.id] = replace(one, label=f"status {label}", help=f"Set the reading status {label}.")
            else:
                found[one.id] = replace(one, help=f"Set the reading status number {number}: there is none.")
    return found


def _check_key(key: str, command: Command, known: Mapping[str, Command], settings: Settings) -> None:
    """Raise a SettingsError if a key that the settings give to a command cannot be its own."""
    setting, shown = f"keys.{command.id}", shown_key(key)
    place = PLACES.get(command.place)
    if not exists(key):
        hint = "keys are written like s, S, ?, ctrl+d, alt+x, shift+up, f5, pagedown, space"
        raise settings.origin.error(setting, f"{setting}: there is no key {key!r}", hint)
    if key in STOPPED:
        raise settings.origin.error(setting, f"{setting}: {shown} always leaves the program")
    if place is not None and place.typed and types(key):
        raise settings.origin.error(setting, f"{setting}: {shown} is typed there", "take a key such as ctrl+x or f5")
    if place is not None and key in _fixed(command.place):
        raise settings.origin.error(setting, f"{setting}: {shown} has a fixed meaning there")
    owner = next((one.id for one in _beside(command, known) if key in one.keys), None)
    if owner is not None:
        raise settings.origin.error(
            setting,
            f"{setting}: {shown} is the key of both {command.id} and {owner}",
            f"give {owner} another key, or none: {in_settings(owner)} = []",
        )
