using EOrda.PeerPortal;

// What keeps it from starting ends it; whoever started it reads why.
await using var app = await PeerApplication.BuildAsync(args, CancellationToken.None);
await app.RunAsync();
