"""The editor's part: a signed list of edits beside the draft, and the page that comes of both.

    draft (made by `run`, never changed) + ledger of edits (SQLite) -> current document -> approved -> published

`edits` says what an edit is, `ledger` keeps them, `working` applies them, `meeting` puts a meeting's folder together,
`app` shows it in a browser, `publish`, `site`, `forget` and `purge` are the commands.
"""
