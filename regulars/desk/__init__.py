"""The way out: facts and judgement put together for somebody to look at."""
