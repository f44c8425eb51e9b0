/** What the city says of itself: its name, its telephone number. It hardly changes; the phone keeps it for a while. */
import { shallowRef } from 'vue';
import { city as cities, type City } from '@/api/city';
import { recall, remember } from '@/platform/storage';

const place = 'city';
const fresh = 3600_000; // ms

interface Known {
  city: City;
  at: number;
}

const known = recall<Known>(place);
export const city = shallowRef<City | undefined>(known?.city);
let at = known?.at ?? 0;

export async function greetCity(): Promise<void> {
  if (Date.now() - at < fresh) return;
  try {
    city.value = (await cities.get()).value;
    at = Date.now();
    remember(place, { city: city.value, at });
  } catch {
    // without it there is no telephone number to show; every page works
  }
}
