// Each test has a portal of its own and hundreds of clients: two at once would only wait for each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
