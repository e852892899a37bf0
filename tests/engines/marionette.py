"""Firefox's own Marionette protocol as one of selenium's connections, in place of geckodriver, which Debian has not.

The messages are JSON, each after its length: `[0, number, command, parameters]` is answered by
`[1, number, error, result]`. Commands and parameters are WebDriver's.
"""

import json
import socket
from typing import Any

from selenium.webdriver.remote.client_config import ClientConfig
from selenium.webdriver.remote.command import Command
from selenium.webdriver.remote.remote_connection import RemoteConnection

COMMANDS = {
    Command.NEW_SESSION: "WebDriver:NewSession",
    Command.GET: "WebDriver:Navigate",
    Command.GET_CURRENT_URL: "WebDriver:GetCurrentURL",
    Command.W3C_EXECUTE_SCRIPT: "WebDriver:ExecuteScript",
    Command.W3C_ACTIONS: "WebDriver:PerformActions",
    Command.CLICK_ELEMENT: "WebDriver:ElementClick",
    Command.SEND_KEYS_TO_ELEMENT: "WebDriver:ElementSendKeys",
    Command.SCREENSHOT: "WebDriver:TakeScreenshot",
    Command.QUIT: "Marionette:Quit",
}
"""Marionette's names of the commands used here, by selenium's."""


class Marionette(RemoteConnection):
    """A connection to a Firefox that listens on a port of this machine."""

    def __init__(self, port: int) -> None:
        super().__init__(client_config=ClientConfig(remote_server_addr="http://127.0.0.1"))
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self._file = self._socket.makefile("rwb")
        self._number = 0
        self._receive()  # its name, and the version of its protocol

    def execute(self, command: str, params: dict[str, Any]) -> dict[str, Any]:
        """Send a command and return what selenium expects of a connection."""
        self._number += 1
        parameters = {} if command in (Command.NEW_SESSION, Command.QUIT) else params
        message = json.dumps([0, self._number, COMMANDS[command], parameters]).encode()
        self._file.write(b"%d:%b" % (len(message), message))
        self._file.flush()
        _, _, error, result = self._receive()
        if error:
            return {"status": error["error"], "value": error}
        return {"value": result["value"] if isinstance(result, dict) and "value" in result else result}

    def close(self) -> None:
        """Close the connection."""
        self._file.close()
        self._socket.close()

    def _receive(self) -> Any:
        length = b""
        while (read := self._file.read(1)) != b":":
            if not read:
                raise ConnectionError("Firefox has closed the connection.")
            length += read
        return json.loads(self._file.read(int(length)))
