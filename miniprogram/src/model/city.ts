/** What the city says of itself; read once, and again when the mini program comes back. */
import { shallowRef } from 'vue';
import { city as cities, type City } from '@/api/city';

export const city = shallowRef<City>();

export async function greetCity(): Promise<void> {
  try {
    city.value = (await cities.get()).value;
  } catch {
    // without it there is no telephone number to show; every page works
  }
}
