"""Question sets, measures, the runner and its report: how good is it, in figures that come out the same twice."""
