"""A second opinion on every view and message: Slack's own Python models read the snapshots, element by element.

Usage: check.py SNAPSHOT...   (insta snapshots with a JSON body)

Each element must be known to slack_sdk, pass its validators, and come out again as it went in: what the models drop is
something they do not know. Prints one line a fault; exit 0 when there is none.
"""

import json
import logging
import sys

from slack_sdk.models.blocks import Block, BlockElement, Option, TextObject
from slack_sdk.models.views import View


class Warnings(logging.Handler):
    """Keeps what the models warn of: unknown keys, unknown kinds."""

    def __init__(self):
        super().__init__(level=logging.WARNING)
        self.lines = []

    def emit(self, record):
        self.lines.append(record.getMessage())


def body_of(path):
    """The JSON below the two `---` of a snapshot."""
    text = open(path, encoding="utf-8").read()
    return json.loads(text.split("---\n", 2)[2])


def faults_of(read, given, place):
    """What slack_sdk makes of one object, and whether anything of it is lost."""
    try:
        model = read(given)
        if model is None:
            return [f"{place}: not known to slack_sdk"]
        model.validate_json()
        found = model.to_dict()
    except Exception as error:  # each validator raises its own
        return [f"{place}: {type(error).__name__}: {error}"]
    return differences(given, found, place)


def differences(given, found, place):
    """Where the two differ; a model leaves out what is false or empty by default."""
    if isinstance(given, dict) and isinstance(found, dict):
        out = []
        for key, value in given.items():
            if key not in found:
                if value not in (False, None, "", []):
                    out.append(f"{place}.{key}: lost")
            else:
                out += differences(value, found[key], f"{place}.{key}")
        return out + [f"{place}.{key}: added" for key in found if key not in given]
    if isinstance(given, list) and isinstance(found, list) and len(given) == len(found):
        return [fault for at, pair in enumerate(zip(given, found)) for fault in differences(*pair, f"{place}[{at}]")]
    return [] if given == found else [f"{place}: {given!r} became {found!r}"]


def option_of(given):
    return Option.parse_all([given])[0]


def elements_in(value, place):
    """Every typed object within, with the model that reads it."""
    if isinstance(value, list):
        for at, item in enumerate(value):
            yield from elements_in(item, f"{place}[{at}]")
    if not isinstance(value, dict):
        return
    for key, item in value.items():
        here = f"{place}.{key}"
        if key in ("options", "initial_options") and isinstance(item, list):
            for at, option in enumerate(item):
                yield option_of, option, f"{here}[{at}]"
        elif key == "initial_option":
            yield option_of, item, here
        elif isinstance(item, dict) and item.get("type") in ("plain_text", "mrkdwn"):
            yield TextObject.parse, item, here
        elif key == "element" or (key == "elements" and isinstance(item, list)):
            for at, element in enumerate(item if isinstance(item, list) else [item]):
                kind = element.get("type")
                reader = TextObject.parse if kind in ("plain_text", "mrkdwn") else BlockElement.parse
                yield reader, element, f"{here}[{at}]"
        yield from elements_in(item, here)


def check(path, warnings):
    body = body_of(path)
    name = path.rsplit("/", 1)[-1]
    is_view = body.get("type") in ("modal", "home")
    # There is no maintained model of a whole message: its blocks are read one by one, like a view's.
    faults = faults_of(lambda given: View(**given), body, name) if is_view else []
    for at, block in enumerate(body["blocks"]):
        faults += faults_of(Block.parse, block, f"{name}.blocks[{at}]")
    seen = 0
    for reader, given, place in elements_in(body["blocks"], name):
        faults += faults_of(reader, given, place)
        seen += 1
    faults += [f"{name}: {line}" for line in warnings.lines]
    warnings.lines.clear()
    return faults, len(body["blocks"]), seen


def main(paths):
    warnings = Warnings()
    logging.getLogger().addHandler(warnings)
    logging.getLogger().setLevel(logging.WARNING)
    faults, blocks, elements = [], 0, 0
    for path in paths:
        found, some_blocks, some_elements = check(path, warnings)
        faults += found
        blocks += some_blocks
        elements += some_elements
    for fault in faults:
        print(fault)
    print(f"{len(paths)} snapshots, {blocks} blocks, {elements} elements read, {len(faults)} faults")
    return 1 if faults or not paths or not elements else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
