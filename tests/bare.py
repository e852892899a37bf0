"""Streamlit without its search for an app: ``python -m tests.bare run streamlit_app.py`` runs the page alone."""

from streamlit.web import cli
from streamlit.web.server import app_discovery
from streamlit.web.server.app_discovery import AppDiscoveryResult

if __name__ == "__main__":
    app_discovery.discover_asgi_app = lambda *_: AppDiscoveryResult(False, None, None)
    cli.main(prog_name="streamlit")
