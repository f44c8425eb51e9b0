/** How somebody signs in: by WeChat itself; in the demo's web build as one of the people of its simulated WeChat. */

/** Whether people can sign in here at all. The web build in production reads and searches. */
export function canSignIn(standIn: boolean): boolean {
  // #ifdef MP-WEIXIN
  return true;
  // #endif
  // #ifdef H5
  return standIn;
  // #endif
}

/** Whether one has to say first as whom. */
export function choosesPerson(): boolean {
  // #ifdef MP-WEIXIN
  return false;
  // #endif
  // #ifdef H5
  return true;
  // #endif
}

/** A code by which the house learns from WeChat who this is. name: as whom, where one chooses. */
export async function loginCode(name: string): Promise<string> {
  // #ifdef MP-WEIXIN
  return new Promise((done, fail) => uni.login({ provider: 'weixin', success: (r) => done(r.code), fail }));
  // #endif
  // #ifdef H5
  const made = await simulated<{ code: string }>('POST', `people/${encodeURIComponent(name)}/login-code`);
  return made.code;
  // #endif
}

/** A code for the phone number of whom one plays; in WeChat its own button gives it. */
export async function phoneCode(name: string): Promise<string> {
  // #ifdef MP-WEIXIN
  throw new Error('the button gives it');
  // #endif
  // #ifdef H5
  const made = await simulated<{ code: string }>('POST', `people/${encodeURIComponent(name)}/phone-code`);
  return made.code;
  // #endif
}

/** Who can be played. */
export async function people(): Promise<string[]> {
  // #ifdef MP-WEIXIN
  return [];
  // #endif
  // #ifdef H5
  return (await simulated<{ name: string }[]>('GET', 'people')).map((p) => p.name);
  // #endif
}

/** One more who can be played. */
export async function addPerson(name: string): Promise<void> {
  // #ifdef H5
  await simulated('POST', 'people', { name });
  // #endif
}

// #ifdef H5
function simulated<T>(method: 'GET' | 'POST', path: string, body?: object): Promise<T> {
  return new Promise((done, fail) =>
    uni.request({ url: `/sim/control/api/${path}`, method, data: body ?? {}, success: (r) => done(r.data as T), fail }),
  );
}
// #endif
