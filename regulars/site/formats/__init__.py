"""How dates and hours are written where Django's own tables would not do."""
