import { expect, test } from "vitest";

import { sanitise } from "./HtmlInput";

test.each([
  ["<p>Made to <strong>last</strong>.</p>", "<p>Made to <strong>last</strong>.</p>"],
  ["<script>alert(1)</script>hello", "hello"],
  ['<p onclick="alert(1)">x</p>', "<p>x</p>"],
  ['<img src="https://example.com/spy.png">', ""],
  ['<a href="javascript:alert(1)">x</a>', "<a>x</a>"],
  ['<p style="position:fixed">x</p>', "<p>x</p>"],
  ["<iframe src='https://example.com'></iframe>", ""],
  ["<svg onload=alert(1)><style>*{}</style></svg>", ""],
])("%s is shown as %s", (html, clean) => {
  expect(sanitise(html)).toBe(clean);
});
