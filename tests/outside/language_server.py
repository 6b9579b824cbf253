"""A language server as an editor talks to it: JSON-RPC over its standard streams."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Thread
from typing import Any

_PATIENCE = 60.0
_TICK = 0.005


class LanguageServer:
    """A server that is running, and the files that are open in it."""

    def __init__(self, words: list[str], folder: Path, settings: Mapping[str, Any]) -> None:
        self._process = subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=folder
        )
        self._settings = settings
        self._answers: dict[int, Any] = {}
        self._told: dict[str, list[dict[str, Any]]] = {}
        self._asked = 0
        self._listener = Thread(target=self._listen, daemon=True)
        self._listener.start()
        documents = {"hover": {"contentFormat": ["markdown"]}, "completion": {}}
        capabilities = {"textDocument": documents, "workspace": {"configuration": True}}
        start = {"processId": None, "rootUri": folder.as_uri(), "capabilities": capabilities}
        self._ask("initialize", start)
        self._say("initialized", {})
        self._say("workspace/didChangeConfiguration", {"settings": settings})

    def stop(self) -> None:
        """End the server."""
        self._process.kill()
        self._process.wait()
        self._listener.join()
        for stream in (self._process.stdin, self._process.stdout):
            assert stream is not None
            stream.close()

    def problems(self, path: Path) -> list[tuple[int, str]]:
        """Open a file and return what is underlined in it: lines from 1, and the words."""
        return self.all_problems([path])[path]

    def all_problems(self, paths: Sequence[Path]) -> dict[Path, list[tuple[int, str]]]:
        """Open files, all at once because the server waits a little before it looks at each."""
        for path in paths:
            self._told.pop(path.as_uri(), None)
            document = {"uri": path.as_uri(), "languageId": "yaml", "version": 1}
            self._say(
                "textDocument/didOpen",
                {"textDocument": {**document, "text": path.read_text("utf-8")}},
            )
        uris = {path.as_uri() for path in paths}
        _wait(lambda: uris <= self._told.keys(), "nothing is said about some of the files")
        return {
            path: [
                (one["range"]["start"]["line"] + 1, one["message"])
                for one in self._told[path.as_uri()]
            ]
            for path in paths
        }

    def completions(self, path: Path, line: int, column: int) -> set[str]:
        """Return what is offered at a place, from 1."""
        found = self._at("completion", path, line, column)
        return {one["label"] for one in (found["items"] if isinstance(found, dict) else found)}

    def hover(self, path: Path, line: int, column: int) -> str:
        """Return what is shown when the pointer rests at a place, from 1."""
        found = self._at("hover", path, line, column)
        return str(found["contents"]["value"]) if found else ""

    def _at(self, what: str, path: Path, line: int, column: int) -> Any:
        place = {"line": line - 1, "character": column - 1}
        document = {"uri": path.as_uri()}
        return self._ask(f"textDocument/{what}", {"textDocument": document, "position": place})

    def _ask(self, method: str, params: Any) -> Any:
        self._asked += 1
        number = self._asked
        self._send({"id": number, "method": method, "params": params})
        _wait(lambda: number in self._answers, f"no answer to {method}")
        return self._answers.pop(number)

    def _say(self, method: str, params: Any) -> None:
        self._send({"method": method, "params": params})

    def _send(self, message: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(data) + data)
        self._process.stdin.flush()

    def _listen(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        while True:
            size = 0
            while line := stream.readline().strip():
                name, _, value = line.partition(b":")
                if name.lower() == b"content-length":
                    size = int(value)
            if not size:
                return
            self._hear(json.loads(stream.read(size)))

    def _hear(self, message: dict[str, Any]) -> None:
        method = message.get("method")
        if method == "textDocument/publishDiagnostics":
            self._told[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif method == "workspace/configuration":
            wanted = [one.get("section") for one in message["params"]["items"]]
            answer = [self._settings.get(section, {}) for section in wanted]
            self._send({"id": message["id"], "result": answer})
        elif method is not None and "id" in message:
            self._send({"id": message["id"], "result": None})
        elif method is None:
            self._answers[message["id"]] = message.get("result")


def _wait(is_so: Any, otherwise: str) -> None:
    until = time.monotonic() + _PATIENCE
    while not is_so():
        if time.monotonic() > until:
            raise TimeoutError(otherwise)
        time.sleep(_TICK)
