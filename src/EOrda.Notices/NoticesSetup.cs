using EOrda.Notices.Delivery;
using EOrda.Notices.Feed;
using EOrda.Notices.Gateways;
using EOrda.Notices.Outbox;
using EOrda.Notices.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Logging;
using Polly;

namespace EOrda.Notices;

/// <summary>Puts the room together.</summary>
public static class NoticesSetup
{
    /// <summary>
    /// Adds <see cref="INoticeOutbox"/>, <see cref="INoticeFeed"/>, the gateways and the service that sends. The caller adds a <see cref="TimeProvider"/> and an
    /// <see cref="IAddressees"/>, and calls <see cref="MigrateNoticesAsync"/> before the start.
    /// </summary>
    /// <exception cref="ArgumentException">An option is not as it must be.</exception>
    public static IServiceCollection AddNotices(this IServiceCollection services, NoticesOptions options)
    {
        if (options.Fault() is { } fault)
            throw new ArgumentException(fault, nameof(options));
        services.AddSingleton(_ => options.Server is null ? NoticesStore.InFile(options.File) : NoticesStore.OnServer(options.Server));
        services.AddSingleton<INoticeOutbox>(all => new NoticeOutbox(all.GetRequiredService<NoticesStore>(), all.GetRequiredService<TimeProvider>()));
        services.AddSingleton<INoticeFeed>(all => new NoticeFeed(all.GetRequiredService<NoticesStore>()));
        if (options.FileOutbox is not null)
            services.AddSingleton(all => new FileOutbox(options.FileOutbox, all.GetRequiredService<TimeProvider>()));
        AddSms(services, options);
        AddMail(services, options);
        services.AddSingleton<IHostedService>(all => new NoticeDeliveryService(
            ChannelsOf(all, options),
            all.GetRequiredService<INoticeOutbox>(),
            options.Delivery,
            all.GetRequiredService<TimeProvider>(),
            all.GetRequiredService<ILogger<NoticeDeliveryService>>()));
        return services;
    }

    /// <summary>Makes the database where there is none, and brings it up to this program's version.</summary>
    public static Task MigrateNoticesAsync(this IServiceProvider services, CancellationToken cancellation) =>
        services.GetRequiredService<NoticesStore>().MigrateAsync(cancellation);

    private static void AddSms(IServiceCollection services, NoticesOptions options)
    {
        if (options.Sms is null)
        {
            if (options.FileOutbox is not null)
                services.AddSingleton<ISmsGateway>(all => all.GetRequiredService<FileOutbox>());
            return;
        }

        services.AddHttpClient(HttpSmsGateway.Client, client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
            .RemoveAllLoggers()
            .AddResilienceHandler(HttpSmsGateway.Client, pipeline => pipeline
                .AddCircuitBreaker(new HttpCircuitBreakerStrategyOptions { MinimumThroughput = 20, SamplingDuration = TimeSpan.FromSeconds(60), BreakDuration = TimeSpan.FromSeconds(15) })
                .AddTimeout(options.Sms.Timeout));
        services.AddSingleton<ISmsGateway>(all => new HttpSmsGateway(all.GetRequiredService<IHttpClientFactory>().CreateClient(HttpSmsGateway.Client), options.Sms));
    }

    private static void AddMail(IServiceCollection services, NoticesOptions options)
    {
        if (options.Mail is not null)
            services.AddSingleton<IMailGateway>(all => new SmtpMailGateway(options.Mail, all.GetRequiredService<TimeProvider>()));
        else if (options.FileOutbox is not null)
            services.AddSingleton<IMailGateway>(all => all.GetRequiredService<FileOutbox>());
    }

    private static List<NoticeDelivery> ChannelsOf(IServiceProvider all, NoticesOptions options)
    {
        var clock = all.GetRequiredService<TimeProvider>();
        var queue = new DeliveryQueue(all.GetRequiredService<NoticesStore>(), clock);
        var messengers = new List<Messenger>();
        if (all.GetService<ISmsGateway>() is { } sms)
            messengers.Add(new SmsMessenger(sms));
        if (all.GetService<IMailGateway>() is { } mail)
            messengers.Add(new MailMessenger(mail));
        return messengers.ConvertAll(messenger => new NoticeDelivery(
            messenger,
            queue,
            all.GetRequiredService<IAddressees>(),
            options.Delivery,
            clock,
            all.GetRequiredService<ILogger<NoticeDelivery>>()));
    }
}
