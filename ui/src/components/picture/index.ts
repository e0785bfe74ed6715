export { LargePicture } from "./LargePicture";
export { Picture } from "./Picture";
export { PicturesIn } from "./PicturesIn";
