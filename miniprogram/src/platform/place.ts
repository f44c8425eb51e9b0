/** A place on the map. WeChat shows its own map; a browser says where one stands. */

export interface Place {
  words: string; // a name or an address, '' where nothing is known but the point
  lat: number; // GCJ-02, as on all maps of the country
  lng: number;
}

/** The phone did not say a place: leave was refused, or it does not know where it is. */
export class NoPlace extends Error {}

/** Whether one chooses on a map; else it is where one stands. */
export function choosesOnMap(): boolean {
  // #ifdef MP-WEIXIN
  return true;
  // #endif
  // #ifdef H5
  return false;
  // #endif
}

/** Lets somebody say a place; undefined where they thought better of it. */
export function choosePlace(): Promise<Place | undefined> {
  // #ifdef MP-WEIXIN
  return new Promise((done, fail) =>
    uni.chooseLocation({
      success: ({ name, address, latitude, longitude }) =>
        done({ words: [address, name].filter(Boolean).join(' '), lat: latitude, lng: longitude }),
      fail: ({ errMsg }) => (/cancel/i.test(errMsg ?? '') ? done(undefined) : fail(new NoPlace(errMsg))),
    }),
  );
  // #endif
  // #ifdef H5
  return new Promise((done, fail) => {
    if (!navigator.geolocation) return fail(new NoPlace('none'));
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => done({ words: '', ...onMaps(coords.latitude, coords.longitude) }),
      (e) => fail(new NoPlace(e.message)),
      { enableHighAccuracy: true, timeout: 10_000 },
    );
  });
  // #endif
}

/** The ellipsoid by which maps of the country are shifted: its half axis in m, and its eccentricity squared. */
const axis = 6378245;
const flat = 0.006693421622965943;
const radians = Math.PI / 180;

/** A point of a satellite (WGS-84) as the country's maps have it (GCJ-02). */
export function onMaps(lat: number, lng: number): { lat: number; lng: number } {
  const [x, y] = [lng - 105, lat - 35];
  const bend = 1 - flat * Math.sin(lat * radians) ** 2;
  const north = (180 * northward(x, y)) / (((axis * (1 - flat)) / bend ** 1.5) * Math.PI);
  const east = (180 * eastward(x, y)) / ((axis / Math.sqrt(bend)) * Math.cos(lat * radians) * Math.PI);
  return { lat: lat + north, lng: lng + east };
}

const wave = (at: number, ...sizes: [size: number, step: number][]) =>
  sizes.reduce((sum, [size, step]) => sum + size * Math.sin(at * step * Math.PI), 0) * (2 / 3);

function northward(x: number, y: number): number {
  const level = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * Math.sqrt(Math.abs(x));
  return level + wave(x, [20, 6], [20, 2]) + wave(y, [20, 1], [40, 1 / 3], [160, 1 / 12], [320, 1 / 30]);
}

function eastward(x: number, y: number): number {
  const level = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * Math.sqrt(Math.abs(x));
  return level + wave(x, [20, 6], [20, 2]) + wave(x, [20, 1], [40, 1 / 3], [150, 1 / 12], [300, 1 / 30]);
}
