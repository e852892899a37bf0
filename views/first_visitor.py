"""A visitor before the first real one, for whom the whole page is imported, read and built."""

import asyncio

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState, ContextInfo
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import SessionClient, get_instance

EXAMPLE = "habitants=1250&agents=12&messagerie-5go=4&cles-cdg-3ans=1&sauvegardes=1&antivirus=3&demarches=oui"
"""A simulation that shows every chart."""
FAILED = (
    "Cette page a rencontré une erreur, notée au journal du serveur. Rechargez-la : la simulation est gardée dans "
    "son adresse."
)
"""Text for a visitor in place of a page that fails."""


class FirstVisitor(SessionClient):
    """A browser that opens the page and notes whether it fails."""

    def __init__(self) -> None:
        self.finished = asyncio.Event()
        self.saw_an_error = False

    def write_forward_msg(self, msg: ForwardMsg) -> None:
        """Receive a message as a browser would."""
        self.saw_an_error |= msg.delta.new_element.alert.body == FAILED
        if msg.HasField("script_finished"):
            self.finished.set()


async def visit_all() -> None:
    """Open every kind of page, in light and dark. Raises RuntimeError where one fails; the log says why."""
    runtime = get_instance()
    for address in ("", EXAMPLE, f"{EXAMPLE}&vue=presentation"):
        for color_scheme in ("light", "dark"):
            visitor = FirstVisitor()
            session = runtime.connect_session(visitor, user_info={})
            client = ClientState(query_string=address, context_info=ContextInfo(color_scheme=color_scheme))
            try:
                runtime.handle_backmsg(session, BackMsg(rerun_script=client))
                await asyncio.wait_for(visitor.finished.wait(), timeout=60)
            finally:
                runtime.close_session(session)
            if visitor.saw_an_error:
                raise RuntimeError("La page échoue dès la première visite : l'erreur est écrite plus haut.")
