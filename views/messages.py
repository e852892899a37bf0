"""Messages that a browser sends to this page in Streamlit's protocol, and the reasons to refuse any other."""

import re
from collections.abc import Mapping

from google.protobuf.message import DecodeError
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.runtime.state.common import user_key_from_element_id

from pricing.order import MAX_AGENTS, MAX_INHABITANTS, MAX_QUANTITY
from views import kept, keys

KINDS = frozenset({"rerun_script", "app_heartbeat", "stop_script"})
"""Kinds of message that the page needs: it uploads nothing, and its documents have URLs of their own."""
VALUES = frozenset({None, "bool_value", "int_value", "string_array_value", "string_value", "trigger_value"})
"""Kinds of value that the page's fields have; None for a field that is empty."""
FIELDS: Mapping[str, str] = {
    keys.STRUCTURE: "string_array_value",
    keys.SECTION: "string_array_value",
    keys.CHART: "string_array_value",
    keys.COMMUNE: "string_value",
    keys.NAME: "string_value",
    keys.SCENARIO_NAME: "string_value",
    keys.RECEIVED: "string_value",
    keys.INHABITANTS: "int_value",
    keys.AGENTS: "int_value",
}
"""Kind of value of each field that holds the simulation, but for the quantities of items."""
MOST: Mapping[str, int] = {keys.INHABITANTS: MAX_INHABITANTS, keys.AGENTS: MAX_AGENTS}
"""Largest number of a field, where it is not the largest quantity."""
MOST_FIELDS, MOST_HASHES = 500, 2_000
"""Largest number of fields, and of messages kept by the browser, that a message names; this page has some 25 and 50."""

MOST_OF_EDITS = 100_000
"""Largest number of characters of the edits of the table of communes: one of each of its fields has fewer."""

_EDIT = r'\{"code":"[0-9AB]{5}","field":"[a-z0-9_]{0,100}","value":(?:null|true|false|[0-9]{1,6})\}'
_EDITS = rf'\{{"event":"edits","value":\[{_EDIT}(?:,{_EDIT})*\]\}}'
_OF_TABLE = re.compile(rf"\[{_EDITS}(?:,{_EDITS})*\]")
_TABLE = re.compile(r"\$\$STREAMLIT_INTERNAL_KEY_\$\$ID-[0-9a-f]{32}-table-communes__events")
_HASH = re.compile(r"[0-9a-f]{0,64}")
_FIELD = re.compile(r"\$\$ID-[0-9a-f]{32}-\S{1,100}")


def refusal(sent: bytes | None) -> str:
    """Say in French why a message is refused, without any of its content; empty where it passes."""
    if sent is None:
        return "ce n'est que du texte"
    message = BackMsg()
    try:
        message.ParseFromString(sent)
    except DecodeError:
        return "il ne se lit pas"
    kind = message.WhichOneof("type")
    if kind not in KINDS:
        return f"il est de la sorte « {kind} »"
    return _of_run(message.rerun_script) if kind == "rerun_script" else ""


def _of_run(asked: ClientState) -> str:
    fields, hashes = asked.widget_states.widgets, asked.cached_message_hashes
    if len(fields) > MOST_FIELDS or len(hashes) > MOST_HASHES:
        return "il a trop de champs ou d'empreintes"
    if not all(map(_HASH.fullmatch, (asked.fragment_id, asked.page_script_hash, *hashes))):
        return "une empreinte n'en est pas une"
    if asked.page_name:
        return "il nomme une page"
    return "" if all(map(_fits, fields)) else "un champ n'est pas de ceux de la page"


def _fits(state: WidgetState) -> bool:
    """Tell if a field's value is of the kind that the field has, and within its bounds."""
    kind = state.WhichOneof("value")
    if kind == "json_trigger_value":
        edits = state.json_trigger_value
        return bool(_TABLE.fullmatch(state.id) and len(edits) <= MOST_OF_EDITS and _OF_TABLE.fullmatch(edits))
    if kind not in VALUES or not _FIELD.fullmatch(state.id):
        return False
    key = user_key_from_element_id(state.id) or ""
    item = kept.items().get(key)
    held = FIELDS.get(key) or (item and ("bool_value" if item.ticked else "int_value"))
    if kind is None or held is None:
        return True
    return kind == held and (kind != "int_value" or 0 <= state.int_value <= MOST.get(key, MAX_QUANTITY))
