-- What a shop is called in languages other than its own: people read its name in theirs.
ALTER TABLE workplaces ADD COLUMN names TEXT;
