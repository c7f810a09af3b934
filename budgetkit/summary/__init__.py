"""What one disclosure says, ready for use: money, people, projects, changes, gaps."""
