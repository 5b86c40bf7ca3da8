#!/usr/bin/python3
"""A mail server for tests (Debian's aiosmtpd): keeps what it takes in a folder.

    mail_server.py FOLDER PORT [CERTIFICATE KEY]

FOLDER/mode says how it behaves from the next command on:
    good          takes everything
    slow          takes everything, after a while
    refuse        knows none of the receivers (550)
    grey          asks everybody it does not know to come again (451), and takes it then
    dies          the connection breaks in the middle of a mail, which is not kept
    forgets       takes a mail, and the connection breaks before it can say so
    strange       wants to know who we are (530)
With a certificate it wants TLS, and the name "ithaca" with the password "right words"."""
import asyncio
import pathlib
import ssl
import sys

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

folder = pathlib.Path(sys.argv[1])
known, taken = set(), 0


def mode():
    return (folder / "mode").read_text().strip()


class Handler:
    async def handle_MAIL(self, server, session, envelope, address, options):
        if mode() == "strange":
            return "530 5.7.0 Authentication required"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if mode() == "refuse":
            return "550 5.1.1 Nobody of that name lives here"
        if mode() == "grey" and address not in known:
            known.add(address)
            return "451 4.7.1 Please come again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        global taken
        if mode() == "slow":
            await asyncio.sleep(2)
        if mode() != "dies":
            taken += 1
            part = folder / f"{taken}.part"
            part.write_bytes(envelope.content)
            part.rename(folder / f"{taken}.eml")
        if mode() in ("dies", "forgets"):
            server.transport.abort()
        return "250 OK"


def authenticate(server, session, envelope, mechanism, data):
    good = (data.login, data.password) == (b"ithaca", b"right words")
    return AuthResult(success=good)


def main():
    options = {}
    if len(sys.argv) > 3:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(sys.argv[3], sys.argv[4])
        options = {"tls_context": context, "require_starttls": True, "auth_required": True,
                   "authenticator": authenticate}
    Controller(Handler(), hostname="127.0.0.1", port=int(sys.argv[2]), **options).start()
    print("ready", flush=True)
    asyncio.new_event_loop().run_forever()


main()
