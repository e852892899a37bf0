"""Streamlit without its search for an app: ``python -m tests.bare run streamlit_app.py`` runs the page alone."""

from streamlit.web import cli
from streamlit.web.server import app_discovery
from streamlit.web.server.app_discovery import AppDiscoveryResult

from tests.as_adopted import ignore_answers

if __name__ == "__main__":
    ignore_answers()
    app_discovery.discover_asgi_app = lambda *_: AppDiscoveryResult(False, None, None)
    cli.main(prog_name="streamlit")
