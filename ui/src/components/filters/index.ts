export { ChoiceFilter } from "./ChoiceFilter";
export { FacetFilter, type FacetOption } from "./FacetFilter";
export { FilterBar } from "./FilterBar";
export { FilterButton } from "./FilterButton";
export { OneFilter } from "./OneFilter";
export { TimeFilter } from "./TimeFilter";
export { usePersonOptions } from "./usePersonOptions";
