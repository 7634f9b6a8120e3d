"""How good an assistant is: asked in process, judged against a labelled set, told in a report.

    sets, stocks, truth     what is asked, on which stock, and what SQL says is true of it
    desk, running, answers  the assistant in this process, and what it answered, kept line by line
    amounts, offers, stock_claims, grounding, safety, judging   what an answer claims, and what becomes of it
    text_scores, intervals, measures, comparison, agreement     figures
    page, plots, sheets     what people read and fill in

Answers are kept, judgements are not: a better judge judges the same answers again. Refuses to know the
command line (`cli/evaluating.py`) and any assistant by name.
"""
