"""Does the product lose, double or alter what it acknowledged? A real server, concurrent writers, SIGKILL at random moments.

What is where:

- `sent.py`: one thing to be acknowledged, and the comparison of what was acknowledged with what is stored.
- `server.py`: the server of `./run` (granian, here with two workers) on a database of its own, which can be killed and started
  again; on PostgreSQL the database is a durable one of its own that can be killed too. `launcher.py` starts it quickly.
- `storm.py`: sends from many writers, each trying one thing until it is acknowledged, while server and database are killed.
- `inside/`: plain functions that run inside the product on the server's data, with JSON in and out: what the writers need is made
  there, and what is stored is read there.
- `kinds.py`: the four kinds of things that are sent (answers, attendance lists, months, responses), each the same way. A fifth needs a
  class there and a module in `inside/`. Every body holds something of its own, so that a stored row is found by its content alone.
- `liar.py`: the planted faults. They acknowledge before they store, or look instead of relying on the unique key; both must be caught.

There is one storm for all kinds and all tests: each kill falls among all of them.
"""
