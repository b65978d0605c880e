"""Strings that break careless software: markup, template code, direction marks, half characters, no characters."""

NAUGHTY = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style></svg></title><b>bold",
    "]]> --> <!-- &amp; &#60;script&#62;",
    "{{ 7 * 7 }} {% raw %} ${7*7}",
    "javascript:alert(1) [x](javascript:alert(1)) ![y](data:text/html,z)",
    "# Title\n\n* item\n1. one | two `code` ~~gone~~ __strong__",
    "00:00:01.000 --> 00:00:02.000\n\nNOTE x",
    "a\x00b\x07c\x1bd\x7fe\x85f\u2028g\ufeffh\uffff",
    "\u202eright to left\u2066 isolated",
    "שלום עולם مرحبا ไทย 田中さん Ω≈ç√∫ 👩‍👩‍👧 Z͑ͫ̓̇",
    "=cmd|' /C calc'!A0 -1 +1 @x",
    "'; DROP TABLE people; -- \\ \\0 %s %n ../../etc",
    "x" * 5000,
)
