"""What a pilot shows: the assistant's answers beside the operators', and each target with its interval.

    questions, shadow, sheets, marks    a shadow run, marked by people, blind if they like
    settings, moments, tables           what the salon gives: pilot.toml and CSV files
    observed                            what the deployment gives: dialogues, ratings, callbacks, visits
    estimates, verdicts, targets        figures, how sure they are, and what follows
    plots, page                         the report

Refuses to know the command line (`cli/pilot_commands.py`), HTTP and any assistant by name.
"""
