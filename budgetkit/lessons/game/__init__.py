"""Find the error: what students wrote on their sheets, held against the teacher's key."""
