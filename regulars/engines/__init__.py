"""Numbers to judgement: pure functions that know no database, no clock and no person."""
