import { expect, it } from "vitest";

import { cleared, narrowed, readView, toRequest, writeView } from "./filters";

const origins = (address: string) => toRequest(view(address)).filter?.origins;
const view = (address: string) => readView(new URLSearchParams(address));

it("lists imports with their undos, everything, or one origin", () => {
  expect(origins("")).toEqual(["import", "practice", "undo"]);
  expect(origins("show=all")).toBeNull();
  expect(origins("show=all&origin=form")).toEqual(["form"]);
  expect(origins("origin=undo")).toEqual(["undo"]);
  // A form is no import.
  expect(origins("origin=form")).toEqual(["import", "practice", "undo"]);
});

it("keeps what narrows and sorts the list in the address", () => {
  const address =
    "show=all&origin=form&state=stopped&person=p1&from=2026-11-01&to=2026-11-02&sort=origin&order=asc";
  expect(writeView(view(address)).toString()).toBe(address);
  expect(narrowed(view(address))).toBe(4);
  expect(writeView(cleared(view(address))).toString()).toBe("show=all&sort=origin&order=asc");
});

it("asks for whole days of this machine", () => {
  const { filter } = toRequest(view("from=2026-11-01&to=2026-11-01"));
  expect(filter?.from).toBe(new Date(2026, 10, 1).getTime());
  expect(filter?.to).toBe(new Date(2026, 10, 2).getTime() - 1);
});

it("leaves out what it does not understand", () => {
  expect(writeView(view("show=some&origin=no&state=lost&from=then&sort=size")).toString()).toBe("");
});
