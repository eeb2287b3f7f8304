"""Records to views: the fields of the JSON and CSV contract, and tables with human headings."""
