"""Writes one bulletin of the practice portal, as it comes over HTTP, to the file named.

Run in our environment.
"""

import os
import sys
from pathlib import Path

from massar_cli.codes import user_name
from massar_cli.portal.connection import Connection
from massar_cli.portal.login import PasswordPosts, sign_in

with Connection(os.environ["BENCH_URL"]) as connection:
    sign_in(
        connection,
        user_name(os.environ["BENCH_CODE"]),
        os.environ["BENCH_PASSWORD"],
        None,
        PasswordPosts(lambda: None),
    )
    answer = connection.ask(
        connection.address("TuteurEleves/GetBulletins"),
        {"Annee": "2023", "IdSession": "1"},
        referer=connection.address("TuteurEleves/GetNotesEleve"),
    )
Path(sys.argv[1]).write_bytes(answer.body)
