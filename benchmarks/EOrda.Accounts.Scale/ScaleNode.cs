using EOrda.Accounts.Codes;
using EOrda.Accounts.Database;
using Microsoft.Extensions.DependencyInjection;

namespace EOrda.Accounts.Scale;

/// <summary>A node of the accounts that keeps the last code in place of sending it.</summary>
internal sealed class ScaleNode : IAsyncDisposable, ICodeSender
{
    private readonly ServiceProvider services;

    private ScaleNode(AccountsStart start, AccountOptions options) =>
        services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).AddSingleton<ICodeSender>(this).AddAccounts(start, options).BuildServiceProvider();

    public string LastCode { get; private set; } = "";

    public static async Task<ScaleNode> Open(AccountsPlace place, AccountOptions options) => new(await AccountsStart.Prepare(place), options);

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    public void Send(CodeMessage message) => LastCode = message.Digits;

    public ValueTask DisposeAsync() => services.DisposeAsync();
}
