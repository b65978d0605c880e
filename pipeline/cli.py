"""The `afterword` command: words typed -> settings -> one call -> exit code. The only module that prints."""

import os
import signal
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click
from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from pipeline import __version__
from pipeline.errors import INTERRUPTED, AfterwordError, BelowGateError, UsageError
from pipeline.progress import Bars, set_up_logging
from pipeline.settings import Settings, load_settings, option_name

if TYPE_CHECKING:
    from pipeline.batch import Outcome

LONG_TABLE = 60  # inputs; of a longer batch the table names only the failed ones, batch.json all
# Without a terminal there is no width to fit into: wide enough that tables in logs do not wrap to shreds.
out = Console(highlight=False, width=None if sys.stdout.isatty() else 160)
err = Console(stderr=True, highlight=False)


def main() -> NoReturn:
    """The console script: runs the command and leaves with its exit code."""
    arguments = sys.argv[1:]
    debug = "--debug" in arguments
    signal.signal(signal.SIGTERM, _interrupt)  # how schedulers end a job: as cleanly as Ctrl-C
    code = _guarded([a for a in arguments if a != "--debug"], debug=debug)
    if code == INTERRUPTED:
        # The recogniser cannot be stopped within a group of windows; nobody waits for its result any more.
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)


def _interrupt(_signal: int, _frame: object) -> NoReturn:
    raise KeyboardInterrupt


def _guarded(arguments: list[str], *, debug: bool) -> int:
    try:
        result = afterword.main(arguments, prog_name="afterword", standalone_mode=False, obj=debug)
        return result if isinstance(result, int) else 0
    except AfterwordError as error:
        if debug:
            raise
        _complain(error.what, error.do)
        return error.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        err.print(error.format_message(), markup=False)
        return 2
    except click.ClickException as error:
        context = getattr(error, "ctx", None)
        _complain(error.format_message(), f"See `{context.command_path if context else 'afterword'} --help`.")
        return UsageError.exit_code
    except (KeyboardInterrupt, click.Abort):
        _complain("Interrupted.", "Run the same command again: it goes on where it stopped.")
        return INTERRUPTED
    except BrokenPipeError:
        return 0
    except Exception as error:  # no traceback reaches a user
        if debug:
            raise
        _complain(
            f"Something unexpected went wrong ({type(error).__name__}: {error}).",
            "Run it again with --debug and send us what it prints.",
        )
        return 5


def _table(*columns: str, title: str | None = None) -> Table:
    return Table(*(Column(name, no_wrap=at == 0) for at, name in enumerate(columns)), title=title)


def _add(table: Table, *cells: str) -> None:
    # As text: square brackets in a message or a path are not markup.
    table.add_row(*(Text(cell) for cell in cells))


def _complain(what: str, do: str) -> None:
    err.print(f"afterword: {what}", markup=False, soft_wrap=True, style="bold")
    err.print(do, markup=False, soft_wrap=True)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="afterword")
def afterword() -> None:
    """Turn recorded webinars and meetings, or their transcripts, into the page that is published afterwards.

    Add --debug to any command to see the traceback of an error.
    """


def _option(name: str) -> Callable[[Any], Any]:
    """A command line option for a field of the settings; what it accepts is checked there, in one place."""
    field = Settings.model_fields[name]
    if field.annotation is bool:
        return click.option(f"--{option_name(name)}", name, is_flag=True, default=None, help=field.description)
    short = ["-o"] if name == "output" else []
    return click.option(*short, f"--{option_name(name)}", name, default=None, metavar="VALUE", help=field.description)


def _run_options(command: Callable[..., int]) -> Callable[..., int]:
    for name in reversed(Settings.model_fields):
        command = _option(name)(command)
    return command


@afterword.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...", type=click.Path(path_type=Path))
@_run_options
@click.pass_obj
def run(debug: bool, /, inputs: tuple[Path, ...], **given: object) -> int:
    """Make a meeting folder, with a draft page, of each recording, transcript or folder of them.

    An event file beside the input (<stem>.event.toml or event.toml) adds title, date and the people registered.
    """
    settings = load_settings(given)
    from pipeline.inputs import assign_ids, find_inputs  # noqa: PLC0415 - keeps `--help` and `doctor` quick

    jobs = assign_ids(find_inputs(inputs, output=settings.output), settings.output)
    set_up_logging(err, form=settings.log_format, quiet=settings.quiet)
    return _dry(jobs, settings) if settings.dry_run else _run(jobs, settings, debug=debug)


def _dry(jobs: list[tuple[str, Path]], settings: Settings) -> int:
    from pipeline.plan import plan  # noqa: PLC0415

    table = _table("meeting", "input", "kind", "do", "why")
    for row in plan(jobs, settings):
        _add(table, row.meeting, row.input, row.kind, row.what, row.why)
    out.print(table)
    return 0


def _run(jobs: list[tuple[str, Path]], settings: Settings, *, debug: bool) -> int:
    from pipeline.batch import Interrupted, exit_code, run_batch  # noqa: PLC0415

    bars = Bars(err, enabled=not settings.quiet and settings.log_format == "text")
    try:
        with bars.running():
            outcomes = run_batch(jobs, settings, bars, debug=debug)
    except Interrupted as stopped:
        _say(stopped.outcomes, settings)
        raise
    _say(outcomes, settings)
    for outcome in outcomes:
        if outcome.state in ("done", "unchanged") and not settings.quiet:
            out.print(str(settings.output / outcome.meeting / "summary.html"), markup=False, soft_wrap=True)
        elif outcome.state == "failed" and len(outcomes) == 1:
            _complain(outcome.what, outcome.do)
    return exit_code(outcomes)


def _say(outcomes: list["Outcome"], settings: Settings) -> None:
    """The table of a batch, also as `batch.json`; of a long one, and when quiet, only what is not well."""
    from pipeline.batch import write_table  # noqa: PLC0415

    if len(outcomes) < 2:
        return
    counts = Counter(outcome.state for outcome in outcomes)
    title = "Batch: " + ", ".join(f"{count} {state}" for state, count in counts.items())
    table = _table("meeting", "result", "what and why", title=title)
    for o in outcomes:
        if (len(outcomes) <= LONG_TABLE and not settings.quiet) or o.state == "failed":
            _add(table, o.meeting, o.state, f"{o.what} {o.do}".strip() if o.state == "failed" else "")
    if table.rows or not settings.quiet:
        out.print(table)
    write_table(outcomes, settings.output)


@afterword.command()
def doctor() -> int:
    """Say what this machine has and lacks, and the command that mends it."""
    from pipeline.doctor import examine  # noqa: PLC0415

    findings = examine()
    table = _table("", "what", "found", "to mend it")
    for finding in findings:
        mark = "ok" if finding.ok else ("missing" if finding.needed else "optional")
        _add(table, mark, finding.what, finding.found, finding.mend)
    out.print(table)
    return 0 if all(f.ok or not f.needed for f in findings) else 4


@afterword.group()
def models() -> None:
    """The models that are bundled and those that can be fetched."""


@models.command("list")
def models_list() -> int:
    """Say what is bundled and what can be fetched."""
    from pipeline.models import catalogue  # noqa: PLC0415

    table = _table("name", "kind", "size", "licence", "revision", "", "what")
    for m in catalogue():
        state = "bundled" if m.bundled else "can be fetched"
        _add(table, m.name, m.kind, f"{m.size / 1e6:.0f} MB", m.licence, m.revision, state, m.about)
    out.print(table)
    return 0


@models.command()
@click.argument("name")
def pull(name: str) -> int:
    """Fetch a model, so that later runs need no network."""
    from pipeline.engines.voices_sherpa import fetch_models  # noqa: PLC0415
    from pipeline.engines.whisper import fetch  # noqa: PLC0415
    from pipeline.models import pull as pull_model  # noqa: PLC0415

    where = pull_model(name, fetch=fetch, fetch_voices=fetch_models)
    out.print(str(where), markup=False, soft_wrap=True)
    return 0


@models.command()
def verify() -> int:
    """Compare the bundled models with their checksums."""
    from pipeline.models import verify as verify_models  # noqa: PLC0415

    found = verify_models()
    table = _table("name", "state", "where")
    for row in found:
        _add(table, row.model.name, row.state, row.path or "")
    out.print(table)
    return 4 if any(row.state in ("damaged", "absent") and row.model.bundled for row in found) else 0


@afterword.command()
@click.argument("meetings", nargs=-1, required=True, metavar="MEETING_DIR...", type=click.Path(path_type=Path))
def check(meetings: tuple[Path, ...]) -> int:
    """Verify again that every statement of a page is supported by its evidence; exit 8 if one is not."""
    from pipeline.stages.verify import check_folder  # noqa: PLC0415

    unsupported = {meeting: check_folder(meeting) for meeting in meetings}
    for meeting, reasons in unsupported.items():
        out.print(f"{meeting}: {'supported' if not reasons else ''}", markup=False, soft_wrap=True)
        for reason in reasons:
            out.print(f"  {reason}", markup=False, soft_wrap=True)
    if any(unsupported.values()):
        raise BelowGateError(
            "Some statements are not supported by their evidence.", do="Mend or drop the statements named above."
        )
    return 0


@afterword.command()
@click.argument("meeting", metavar="MEETING_DIR", type=click.Path(path_type=Path))
@click.option(
    "--reference", required=True, type=click.Path(path_type=Path), help=".json words, .rttm voices or .toml facts"
)
def evaluate(meeting: Path, reference: Path) -> int:
    """Measure a meeting folder against a reference: word errors, speaker errors, names, facts."""
    from pipeline.evaluate import evaluate as measure  # noqa: PLC0415

    table = _table("figure", "value")
    for row in measure(meeting, reference).rows():
        _add(table, *row)
    out.print(table)
    return 0


@afterword.command()
@click.argument("library", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@click.option(
    "--port", type=click.IntRange(1, 65535), default=None, help="port of the page (default: 8765 or a free one)"
)
@click.option("--no-browser", is_flag=True, help="print the address and open nothing")
def review(library: Path | None, port: int | None, no_browser: bool) -> int:
    """Open the editor's page over the meetings in DIR (else where `run` writes them), for this machine only."""
    from pipeline.review.server import serve  # noqa: PLC0415

    def ready(address: str) -> None:
        out.print(f"Review: {address}", markup=False, soft_wrap=True)
        out.print(
            "The address works once. Leave this running; Ctrl+C ends it, and everything is saved.", soft_wrap=True
        )
        if not no_browser:
            click.launch(address)

    serve(library or load_settings({}).output, port=port, ready=ready)
    return 0


@afterword.command()
@click.argument("meetings", nargs=-1, required=True, metavar="MEETING_DIR...", type=click.Path(path_type=Path))
@click.option("--site", type=click.Path(path_type=Path), help="static archive that the page is added to")
def publish(meetings: tuple[Path, ...], site: Path | None) -> int:
    """Write the final page of approved meetings; exit 8 if one is not approved as it is now."""
    from pipeline.review.publish import publish as publish_meeting  # noqa: PLC0415

    failed: list[AfterwordError] = []
    for meeting in meetings:
        try:
            out.print(str(publish_meeting(meeting, site=site) / "summary.html"), markup=False, soft_wrap=True)
        except AfterwordError as error:
            if len(meetings) == 1:
                raise
            _complain(error.what, error.do)
            failed.append(error)
    return failed[0].exit_code if failed else 0


@afterword.command()
@click.argument("name")
@click.argument("meeting", metavar="MEETING_DIR", type=click.Path(path_type=Path))
def forget(name: str, meeting: Path) -> int:
    """Remove a person from a meeting everywhere: name, words, statements, what was published."""
    from pipeline.review.forget import forget as forget_person  # noqa: PLC0415

    report = forget_person(name, meeting)
    out.print(
        f"Removed: {report.turns} turns of theirs, {report.statements} statements that named them or rested on their words.",
        markup=False,
        soft_wrap=True,
    )
    for place in report.withdrawn:
        out.print(f"No longer published in {place}; approve and publish again.", markup=False, soft_wrap=True)
    _say_what_is_left(report.left)
    return 0


@afterword.command()
@click.argument("meeting", metavar="MEETING_DIR", type=click.Path(path_type=Path))
def purge(meeting: Path) -> int:
    """Remove a meeting and every trace of it."""
    from pipeline.review.purge import purge as purge_meeting  # noqa: PLC0415

    purged = purge_meeting(meeting)
    for place in purged.removed:
        out.print(
            f"Removed from {place}" if place != str(meeting) else f"Removed {place}", markup=False, soft_wrap=True
        )
    _say_what_is_left(purged.left)
    return 0


def _say_what_is_left(recording: str | None) -> None:
    if recording:
        out.print(f"Not touched, because it is yours: {recording}", markup=False, soft_wrap=True)
