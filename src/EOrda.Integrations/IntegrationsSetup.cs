using EOrda.Integrations.Http;
using EOrda.Integrations.Registers;
using EOrda.Integrations.Signatures;
using EOrda.Integrations.Simulated;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace EOrda.Integrations;

/// <summary>Puts the room together. The caller adds a <see cref="TimeProvider"/>.</summary>
public static class IntegrationsSetup
{
    /// <summary>Adds the registers over HTTP. One that a city is not connected with is there too, and never answers.</summary>
    /// <exception cref="ArgumentException">An option is not as it must be.</exception>
    public static IServiceCollection AddHttpRegisters(this IServiceCollection services, RegistersOptions options)
    {
        var mobileNumbers = Add(services, RegisterWords.MobileNumbers, options.MobileNumbers);
        var persons = Add(services, RegisterWords.Persons, options.Persons);
        var civilActs = Add(services, RegisterWords.CivilActs, options.CivilActs);
        var education = Add(services, RegisterWords.Education, options.Education);
        var disability = Add(services, RegisterWords.Disability, options.Disability);
        var largeFamilies = Add(services, RegisterWords.LargeFamilies, options.LargeFamilies);
        return services
            .AddSingleton<IMobileNumbers>(all => new HttpMobileNumbers(mobileNumbers(all)))
            .AddSingleton<IPersons>(all => new HttpPersons(persons(all)))
            .AddSingleton<ICivilActs>(all => new HttpCivilActs(civilActs(all)))
            .AddSingleton<IEducationRegister>(all => new HttpEducationRegister(education(all)))
            .AddSingleton<IDisabilityRegister>(all => new HttpDisabilityRegister(disability(all)))
            .AddSingleton<ILargeFamilies>(all => new HttpLargeFamilies(largeFamilies(all)));
    }

    /// <summary>Adds registers of invented people, for Development and trials. <see cref="RegisterMoods"/> tells them to be slow, down or wrong.</summary>
    /// <param name="services">The services.</param>
    /// <param name="people">The people.</param>
    public static IServiceCollection AddSimulatedRegisters(this IServiceCollection services, InventedPeople people) =>
        services
            .AddSingleton(people)
            .AddSingleton<RegisterMoods>()
            .AddSingleton<SimulatedRegisters>()
            .AddSingleton<IMobileNumbers>(all => all.GetRequiredService<SimulatedRegisters>())
            .AddSingleton<IPersons>(all => all.GetRequiredService<SimulatedRegisters>())
            .AddSingleton<ICivilActs>(all => all.GetRequiredService<SimulatedRegisters>())
            .AddSingleton<IEducationRegister>(all => all.GetRequiredService<SimulatedRegisters>())
            .AddSingleton<IDisabilityRegister>(all => all.GetRequiredService<SimulatedRegisters>())
            .AddSingleton<ILargeFamilies>(all => all.GetRequiredService<SimulatedRegisters>());

    /// <summary>Adds the check of electronic signatures (ЭЦП) against the roots.</summary>
    public static IServiceCollection AddSignatureCheck(this IServiceCollection services, SignatureOptions options) =>
        services.AddSingleton<ISignatureCheck>(all => new CmsSignatureCheck(options, all.GetRequiredService<TimeProvider>()));

    private static Func<IServiceProvider, RegisterClient> Add(IServiceCollection services, string register, RegisterOptions? options)
    {
        if (options is null)
            return all => new RegisterClient(register, null, null, all.GetRequiredService<TimeProvider>());
        if (options.Fault() is { } fault)
            throw new ArgumentException($"{register}: {fault}", nameof(options));
        var name = RegisterClient.ClientOf(register);
        services.AddHttpClient(name, client =>
            {
                client.MaxResponseContentBufferSize = RegisterClient.LargestAnswer;
                client.Timeout = LongestOf(options);
            })
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
            .RemoveAllLoggers()
            .AddResilienceHandler(name, pipeline => Build(pipeline, options));
        return all => new RegisterClient(register, all.GetRequiredService<IHttpClientFactory>().CreateClient(name), options, all.GetRequiredService<TimeProvider>());
    }

    /// <summary>All attempts with their waits, and the reading of the answer.</summary>
    private static TimeSpan LongestOf(RegisterOptions options) => (options.Timeout * (options.Retries + 2)) + (options.Backoff * Math.Pow(2, options.Retries + 1));

    private static void Build(ResiliencePipelineBuilder<HttpResponseMessage> pipeline, RegisterOptions options)
    {
        if (options.Retries > 0)
        {
            pipeline.AddRetry(new HttpRetryStrategyOptions
            {
                MaxRetryAttempts = options.Retries,
                Delay = options.Backoff,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,

                // A register that asks for an hour does not hold a filing up for one.
                ShouldRetryAfterHeader = false,
            });
        }

        pipeline.AddCircuitBreaker(new HttpCircuitBreakerStrategyOptions { FailureRatio = 0.5, MinimumThroughput = 10, SamplingDuration = TimeSpan.FromMinutes(1), BreakDuration = options.LetAlone });
        pipeline.AddTimeout(options.Timeout);
    }
}
