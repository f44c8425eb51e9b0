Component({}); // every tab page draws its own bar (components/TabBar.vue), in the size of its reader
