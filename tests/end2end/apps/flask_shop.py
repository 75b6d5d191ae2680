"""A Flask app with the real sentry-sdk; `GET /checkout/<id>` fails. Prints its port, ends with stdin."""

import sys
import threading

import sentry_sdk
from flask import Flask
from werkzeug.serving import make_server

sentry_sdk.init(send_default_pii=True, environment="test")
app = Flask("flask_shop")


@app.get("/checkout/<int:order_id>")
def checkout(order_id: int) -> str:
    sentry_sdk.set_tag("customer", "ada")
    total = sum({"price": 3}["amount"] for _item in range(order_id))
    return str(total)


server = make_server("127.0.0.1", 0, app, threaded=True)
print(server.server_port, flush=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
sys.stdin.read()
sentry_sdk.flush()
